// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.BitSet;
import java.util.List;
import org.cofferdam.core.rego.syntax.Term;
import org.jspecify.annotations.Nullable;

/** Which variables terms and literals use, and which they can bind. */
final class Vars {
  private Vars() {}

  static BitSet used(@Nullable Node n) {
    BitSet out = new BitSet();
    used(n, out);
    return out;
  }

  static void used(@Nullable Node n, BitSet out) {
    switch (n) {
      case null -> {}
      case Node.Lit _, Node.Input _ -> {}
      case Node.Local l -> out.set(l.slot());
      case Node.Path p -> {
        used(p.base(), out);
        used(p.path(), out);
      }
      case Node.Data d -> used(d.path(), out);
      case Node.Items a -> used(a.items(), out);
      case Node.Elements s -> used(s.items(), out);
      case Node.Pairs o -> {
        used(o.keys(), out);
        used(o.values(), out);
      }
      case Node.Closure c -> {
        BitSet inner = used(c.block());
        used(c.key(), inner);
        used(c.value(), inner);
        inner.andNot(c.block().owned());
        out.or(inner);
      }
      case Node.Format f -> f.holes().forEach(h -> used(h, out));
    }
  }

  static void used(List<Node> nodes, BitSet out) {
    nodes.forEach(n -> used(n, out));
  }

  /** The block's variables that come from outside. */
  static BitSet used(Block b) {
    BitSet out = new BitSet();
    b.literals().forEach(l -> used(l, out));
    out.andNot(b.owned());
    return out;
  }

  static void used(Literal l, BitSet out) {
    switch (l.op()) {
      case Literal.Holds h -> used(h.node(), out);
      case Literal.Unify u -> {
        used(u.left(), out);
        used(u.right(), out);
      }
      case Literal.Call c -> {
        used(c.args(), out);
        used(c.out(), out);
      }
      case Literal.Print p -> p.args().forEach(a -> used(a, out));
      case Literal.Not n -> out.or(used(n.block()));
      case Literal.Every e -> {
        used(e.domain(), out);
        out.or(used(e.block()));
      }
      case Literal.Logical g -> {
        out.or(used(g.left()));
        out.or(used(g.right()));
      }
    }
    l.withs().forEach(w -> used(w.value(), out));
  }

  /** What the literal binds when {@code bound} is bound before. */
  static BitSet outputs(Literal l, BitSet bound) {
    BitSet out = new BitSet();
    if (l.negated()) {
      return out;
    }
    switch (l.op()) {
      case Literal.Holds h -> iterated(h.node(), bound, out);
      case Literal.Unify u -> {
        iterated(u.left(), bound, out);
        iterated(u.right(), bound, out);
        BitSet known = (BitSet) bound.clone();
        known.or(out);
        unified(u.left(), u.right(), known);
        known.andNot(bound);
        out.or(known);
      }
      case Literal.Call c -> {
        c.args().forEach(a -> iterated(a, bound, out));
        if (c.out() != null) {
          iterated(c.out(), bound, out);
          pattern(c.out(), out);
        }
      }
      default -> {}
    }
    out.andNot(bound);
    return out;
  }

  /** Variables that references run over. */
  private static void iterated(Node n, BitSet bound, BitSet out) {
    switch (n) {
      case Node.Path p -> {
        if (p.base() instanceof Node.Local l && !bound.get(l.slot())) {
          return;
        }
        iterated(p.base(), bound, out);
        keys(p.path(), bound, out);
      }
      case Node.Data d -> keys(d.path(), bound, out);
      case Node.Items a -> a.items().forEach(i -> iterated(i, bound, out));
      case Node.Elements s -> s.items().forEach(i -> iterated(i, bound, out));
      case Node.Pairs o -> {
        o.keys().forEach(i -> iterated(i, bound, out));
        o.values().forEach(i -> iterated(i, bound, out));
      }
      default -> {}
    }
  }

  private static void keys(List<Node> path, BitSet bound, BitSet out) {
    for (Node key : path) {
      iterated(key, bound, out);
      pattern(key, out);
    }
  }

  /** Variables that a pattern binds when a value is matched against it. */
  static void pattern(Node n, BitSet out) {
    switch (n) {
      case Node.Local l -> out.set(l.slot());
      case Node.Items a -> a.items().forEach(i -> pattern(i, out));
      case Node.Pairs o -> o.values().forEach(i -> pattern(i, out));
      default -> {}
    }
  }

  static boolean ground(Node n, BitSet bound) {
    BitSet u = used(n);
    u.andNot(bound);
    return u.isEmpty();
  }

  /** Adds to {@code known} what {@code a = b} binds. */
  private static void unified(Node a, Node b, BitSet known) {
    int before;
    do {
      before = known.cardinality();
      pair(a, b, known);
    } while (known.cardinality() > before);
  }

  private static void pair(Node a, Node b, BitSet known) {
    if (a instanceof Node.Items x
        && b instanceof Node.Items y
        && x.items().size() == y.items().size()) {
      for (int i = 0; i < x.items().size(); i++) {
        pair(x.items().get(i), y.items().get(i), known);
      }
    } else if (a instanceof Node.Pairs x
        && b instanceof Node.Pairs y
        && x.keys().equals(y.keys())) {
      for (int i = 0; i < x.keys().size(); i++) {
        pair(x.values().get(i), y.values().get(i), known);
      }
    } else if (ground(a, known)) {
      if (fits(b, a)) {
        pattern(b, known);
      }
    } else if (ground(b, known) && fits(a, b)) {
      pattern(a, known);
    }
  }

  /** False where it is plain that a value can never match a pattern: then it binds nothing. */
  private static boolean fits(Node pattern, Node value) {
    return switch (pattern) {
      case Node.Items _ -> open(value) || value instanceof Node.Closure;
      case Node.Pairs o ->
          open(value)
              || (value instanceof Node.Closure c && c.shape() == Term.Shape.OBJECT)
              || (value instanceof Node.Pairs v && v.keys().size() == o.keys().size());
      default -> true;
    };
  }

  private static boolean open(Node n) {
    return n instanceof Node.Local
        || n instanceof Node.Path
        || n instanceof Node.Data
        || n instanceof Node.Input;
  }
}
