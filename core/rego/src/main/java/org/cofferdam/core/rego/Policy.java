// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import java.util.List;
import java.util.Optional;
import org.cofferdam.core.rego.compile.Program;
import org.cofferdam.core.rego.syntax.Module;
import org.cofferdam.core.rego.syntax.Parser;
import org.cofferdam.core.rego.syntax.Rule;
import org.cofferdam.core.rego.syntax.Term;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A compiled policy: immutable, for any number of threads. */
public final class Policy {
  private final Program program;
  private final List<Module> modules;

  Policy(Program program, List<Module> modules) {
    this.program = program;
    this.modules = List.copyOf(modules);
  }

  /**
   * Plans a query, to be asked again and again.
   *
   * @throws RegoException where the query is no Rego
   */
  public Query query(String text) {
    try {
      return new Query(program, program.query(Parser.query(text)));
    } catch (StackOverflowError e) {
      throw new RegoException(ErrorCode.REGO_COMPILE_ERROR, Location.NONE, "terms nested too deep");
    }
  }

  /**
   * Plans the look-up of one document, such as {@code data.policy.allow}.
   *
   * @throws RegoException where {@code reference} is no reference
   */
  public Query document(String reference) {
    return query("result = " + reference);
  }

  /** The value of a reference, empty where it is undefined; default limits hold. */
  public Optional<Value> evaluate(String reference, @Nullable Value input, @Nullable Value data) {
    return document(reference).evaluate(new Evaluation().input(input).data(data)).value();
  }

  /** Names of all rules, with their packages, as {@code data.package.rule}, in source order. */
  public List<String> rules() {
    return modules.stream()
        .flatMap(
            m -> m.rules().stream().map(r -> "data." + String.join(".", m.path()) + "." + name(r)))
        .distinct()
        .toList();
  }

  /** Paths of all packages, as {@code data.package}. */
  public List<String> packages() {
    return modules.stream().map(m -> "data." + String.join(".", m.path())).distinct().toList();
  }

  /** True where there is such a rule: what {@code data.} it is asked for may still be undefined. */
  public boolean hasRule(String reference) {
    List<String> path = List.of(reference.split("\\.", -1));
    return path.size() > 1
        && path.getFirst().equals("data")
        && program.rules(path.subList(1, path.size())) != null;
  }

  private static String name(Rule r) {
    return ((RegoString) ((Term.Const) r.path().getFirst()).value()).value();
  }
}
