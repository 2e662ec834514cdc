// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.Builtin;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.eval.RuleNode;
import org.cofferdam.core.rego.eval.RuleSet;
import org.cofferdam.core.rego.value.RegoString;
import org.jspecify.annotations.Nullable;

/** The functions that can be called: built-ins, and those of the modules. */
final class Functions {
  private static final Set<String> DEPRECATED =
      Set.of(
          "any",
          "all",
          "re_match",
          "net.cidr_overlap",
          "set_diff",
          "cast_array",
          "cast_set",
          "cast_string",
          "cast_boolean",
          "cast_null",
          "cast_object");

  private final Map<String, Builtin> builtins;
  private final RuleNode root;
  private final Map<List<String>, Integer> arities = new HashMap<>();

  Functions(Map<String, Builtin> builtins, RuleNode root) {
    this.builtins = builtins;
    this.root = root;
  }

  void add(List<String> path, int arity) {
    arities.put(path, arity);
  }

  boolean deprecated(String builtin) {
    return DEPRECATED.contains(builtin);
  }

  boolean isBuiltin(String name) {
    return builtins.containsKey(name);
  }

  boolean isFunction(List<String> path) {
    return arities.containsKey(path);
  }

  @Nullable Builtin builtin(String name) {
    return builtins.get(name);
  }

  /** Number of arguments, -1 for any. */
  int arity(Literal.Callee callee, Location at) {
    return switch (callee) {
      case Literal.BuiltinCallee b -> {
        Builtin builtin = builtins.get(b.name());
        if (builtin == null) {
          throw undefined(b.name(), at);
        }
        yield builtin.arity();
      }
      case Literal.RuleCallee r -> {
        Integer arity = arities.get(r.path());
        if (arity == null) {
          throw undefined("data." + String.join(".", r.path()), at);
        }
        yield arity;
      }
    };
  }

  private static RegoException undefined(String name, Location at) {
    return new RegoException(ErrorCode.REGO_TYPE_ERROR, at, "undefined function " + name);
  }

  RuleSet function(List<String> path) {
    RuleNode n = node(path);
    RuleSet rules = n == null ? null : n.rules();
    if (rules == null) {
      throw new IllegalStateException("no function at " + path);
    }
    return rules;
  }

  private @Nullable RuleNode node(List<String> path) {
    RuleNode n = root;
    for (String name : path) {
      n = n == null ? null : n.child(RegoString.of(name));
    }
    return n;
  }

  /** Refuses to replace a part of what a rule makes. */
  void checkTarget(Literal.Target target, Location at) {
    if (!(target instanceof Literal.DataTarget d)) {
      return;
    }
    RuleNode n = root;
    for (int i = 0; i < d.path().size() && n != null; i++) {
      if (n.rules() != null) {
        throw new RegoException(
            ErrorCode.REGO_COMPILE_ERROR,
            at,
            "with keyword cannot partially replace virtual document(s)");
      }
      n = n.child(RegoString.of(d.path().get(i)));
    }
  }
}
