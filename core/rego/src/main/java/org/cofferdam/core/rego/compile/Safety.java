// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;

/** Orders literals so that each finds its variables bound, or reports those that never are. */
final class Safety {
  private final List<String> names;

  Safety(List<String> names) {
    this.names = names;
  }

  /** The literals in an order that works; {@code bound} grows by what they bind. */
  List<Literal> order(List<Literal> body, BitSet bound) {
    List<Literal> left = new ArrayList<>(body);
    List<Literal> ordered = new ArrayList<>();
    boolean progress = true;
    while (!left.isEmpty() && progress) {
      progress = false;
      List<Literal> later = new ArrayList<>();
      for (Literal l : left) {
        BitSet outputs = Vars.outputs(l, bound);
        BitSet needs = new BitSet();
        Vars.used(l, needs);
        needs.andNot(bound);
        needs.andNot(outputs);
        closures(l, bound, needs);
        if (needs.isEmpty()) {
          ordered.add(l);
          bound.or(outputs);
          progress = true;
        } else {
          later.add(l);
        }
      }
      left = later;
    }
    if (!left.isEmpty()) {
      throw unsafe(left, bound);
    }
    return ordered;
  }

  /** What inner bodies need may not be bound by the literal that they stand in. */
  private static void closures(Literal l, BitSet bound, BitSet needs) {
    BitSet inner = new BitSet();
    switch (l.op()) {
      case Literal.Holds h -> inner(h.node(), inner);
      case Literal.Unify u -> {
        inner(u.left(), inner);
        inner(u.right(), inner);
      }
      case Literal.Call c -> c.args().forEach(a -> inner(a, inner));
      default -> {}
    }
    inner.andNot(bound);
    needs.or(inner);
  }

  private static void inner(Node n, BitSet out) {
    switch (n) {
      case Node.Closure _, Node.Format _ -> Vars.used(n, out);
      case Node.Path p -> {
        inner(p.base(), out);
        p.path().forEach(i -> inner(i, out));
      }
      case Node.Data d -> d.path().forEach(i -> inner(i, out));
      case Node.Items a -> a.items().forEach(i -> inner(i, out));
      case Node.Elements s -> s.items().forEach(i -> inner(i, out));
      case Node.Pairs o -> {
        o.keys().forEach(i -> inner(i, out));
        o.values().forEach(i -> inner(i, out));
      }
      default -> {}
    }
  }

  private RegoException unsafe(List<Literal> left, BitSet bound) {
    Literal first = left.getFirst();
    BitSet needs = new BitSet();
    Vars.used(first, needs);
    needs.andNot(bound);
    needs.andNot(Vars.outputs(first, bound));
    return unsafe(needs, first.source().at());
  }

  RegoException unsafe(BitSet slots, Location at) {
    List<String> vars = new ArrayList<>();
    for (int i = slots.nextSetBit(0); i >= 0; i = slots.nextSetBit(i + 1)) {
      String name = names.get(i);
      vars.add(name.startsWith("$") ? "_" : name);
    }
    vars.removeIf(String::isEmpty);
    String what =
        vars.isEmpty() ? "expression is unsafe" : "var " + String.join(", ", vars) + " is unsafe";
    return new RegoException(ErrorCode.REGO_UNSAFE_VAR_ERROR, at, what);
  }
}
