// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.syntax.Expr;
import org.cofferdam.core.rego.syntax.Term;
import org.cofferdam.core.rego.syntax.Terms;
import org.jspecify.annotations.Nullable;

/** The variables of a body. Slots are unique in a rule, so that inner bodies share its frame. */
final class Scope {
  /** The slots of one rule. */
  static final class Slots {
    final List<String> names = new ArrayList<>();

    int add(String name) {
      names.add(name);
      return names.size() - 1;
    }
  }

  final @Nullable Scope parent;
  final Slots slots;
  final BitSet owned = new BitSet();
  final Set<String> declared = new HashSet<>();
  final Set<String> seen = new HashSet<>();
  private final Map<String, Integer> vars = new HashMap<>();

  Scope(@Nullable Scope parent, Slots slots) {
    this.parent = parent;
    this.slots = slots;
  }

  @Nullable Integer find(String name) {
    for (Scope s = this; s != null; s = s.parent) {
      Integer slot = s.vars.get(name);
      if (slot != null) {
        return slot;
      }
    }
    return null;
  }

  int add(String name) {
    int slot = slots.add(name);
    vars.put(name, slot);
    owned.set(slot);
    return slot;
  }

  /** A slot that the source has no name for. */
  int temporary() {
    int slot = slots.add("");
    owned.set(slot);
    return slot;
  }

  /**
   * Names used in the body itself, not in inner ones, which {@code :=} and {@code some} leave free.
   */
  static Set<String> free(List<Expr> body) {
    Set<String> used = new HashSet<>();
    Set<String> declared = new HashSet<>();
    for (Expr e : body) {
      switch (e.form()) {
        case Expr.Holds h -> names(h.term(), used);
        case Expr.Unify u -> {
          names(u.left(), used);
          names(u.right(), used);
        }
        case Expr.Assign a -> {
          names(a.right(), used);
          pattern(a.left(), declared, used);
        }
        case Expr.Some s -> s.vars().forEach(v -> declared.add(v.name()));
        case Expr.SomeIn s -> {
          names(s.domain(), used);
          pattern(s.value(), declared, used);
          if (s.key() != null) {
            pattern(s.key(), declared, used);
          }
        }
        case Expr.Every s -> names(s.domain(), used);
        case Expr.Not _, Expr.Logical _ -> {}
      }
      for (Expr.With w : e.withs()) {
        // A name alone may be a function's.
        if (!(w.value() instanceof Term.Var || w.value() instanceof Term.Ref)) {
          names(w.value(), used);
        }
      }
    }
    used.removeAll(declared);
    return used;
  }

  /** The variables that a declaration binds; what stands in references in it is only used. */
  static void pattern(Term term, Set<String> declared, Set<String> used) {
    switch (term) {
      case Term.Var v -> declared.add(v.name());
      case Term.ArrayTerm a -> a.items().forEach(i -> pattern(i, declared, used));
      case Term.ObjectTerm o ->
          o.entries()
              .forEach(
                  e -> {
                    names(e.key(), used);
                    pattern(e.value(), declared, used);
                  });
      default -> names(term, used);
    }
  }

  static void names(Term term, Set<String> out) {
    if (term instanceof Term.Var v) {
      out.add(v.name());
    }
    for (Term child : Terms.children(term)) {
      names(child, out);
    }
  }
}
