// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.builtin.Builtins;
import org.cofferdam.core.rego.compile.Program;
import org.cofferdam.core.rego.syntax.Module;
import org.cofferdam.core.rego.syntax.Parser;

/**
 * Compiles Rego modules.
 *
 * <pre>{@code
 * Policy policy = new RegoCompiler().add("policy.rego", text).compile();
 * Optional<Value> allow = policy.evaluate("data.policy.allow", input, data);
 * }</pre>
 */
public final class RegoCompiler {
  private static final int MAX_LENGTH = 16 << 20;

  private final List<Module> modules = new ArrayList<>();
  private final Map<String, Builtin> builtins = new HashMap<>(Builtins.all());
  private boolean v1 = true;

  /** A compiler that knows the built-ins and no module. */
  public RegoCompiler() {}

  /** Modules added from now on are in the language before OPA 1.0, as Kata ships them. */
  public RegoCompiler v0(boolean old) {
    v1 = !old;
    return this;
  }

  /** Adds a built-in, or replaces one. */
  public RegoCompiler builtin(Builtin b) {
    builtins.put(b.name(), b);
    return this;
  }

  /**
   * Parses a module.
   *
   * @throws RegoException with {@link ErrorCode#REGO_PARSE_ERROR}
   */
  public RegoCompiler add(String file, String text) {
    if (text.length() > MAX_LENGTH) {
      throw new RegoException(
          ErrorCode.REGO_PARSE_ERROR, new Location(file, 1, 1), "module longer than " + MAX_LENGTH);
    }
    modules.add(Parser.module(file, text, v1));
    return this;
  }

  /**
   * Plans what was added.
   *
   * @throws RegoException where modules do not fit together
   */
  public Policy compile() {
    try {
      return new Policy(new Program(modules, Map.copyOf(builtins)), modules);
    } catch (StackOverflowError e) {
      throw new RegoException(ErrorCode.REGO_COMPILE_ERROR, Location.NONE, "terms nested too deep");
    }
  }
}
