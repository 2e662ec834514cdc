// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.eval.Ev;
import org.cofferdam.core.rego.eval.Evs;
import org.cofferdam.core.rego.value.Value;

/**
 * A rule holds only where a term equals a constant.
 *
 * @param arg number of the function's argument that is compared, -1 for a reference to the input
 * @param path the reference below {@code input}
 */
record Condition(int arg, List<Value> path, Value constant) {
  /** What the condition looks at, for finding rules that look at the same. */
  record Subject(int arg, List<Value> path) {
    Ev term() {
      return path.isEmpty() ? Evs.input() : Evs.path(Evs.input(), path.toArray(new Value[0]));
    }
  }

  Subject subject() {
    return new Subject(arg, path);
  }

  static List<Condition> of(List<Literal> body, List<Node> args) {
    List<Condition> out = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      if (Planner.constant(args.get(i))) {
        out.add(new Condition(i, List.of(), Planner.value(args.get(i))));
      }
    }
    for (Literal l : body) {
      if (l.negated() || !l.withs().isEmpty()) {
        continue;
      }
      switch (l.op()) {
        case Literal.Unify u -> add(u.left(), u.right(), args, out);
        case Literal.Call c -> {
          if (c.out() == null
              && c.callee() instanceof Literal.BuiltinCallee b
              && b.name().equals("equal")) {
            add(c.args().get(0), c.args().get(1), args, out);
          }
        }
        default -> {}
      }
    }
    return out;
  }

  private static void add(Node a, Node b, List<Node> args, List<Condition> out) {
    if (Planner.constant(b)) {
      add(a, Planner.value(b), args, out);
    } else if (Planner.constant(a)) {
      add(b, Planner.value(a), args, out);
    }
  }

  private static void add(Node n, Value constant, List<Node> args, List<Condition> out) {
    if (n instanceof Node.Local && args.contains(n)) {
      out.add(new Condition(args.indexOf(n), List.of(), constant));
    } else if (n instanceof Node.Path p
        && p.base() instanceof Node.Input
        && p.path().stream().allMatch(k -> k instanceof Node.Lit)) {
      List<Value> path = p.path().stream().map(k -> ((Node.Lit) k).value()).toList();
      out.add(new Condition(-1, path, constant));
    }
  }
}
