// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.jspecify.annotations.Nullable;

/** Walks over terms. */
public final class Terms {
  private Terms() {}

  /** The terms directly inside {@code term}; not those in a comprehension's or template's body. */
  public static List<Term> children(Term term) {
    return switch (term) {
      case Term.Const _, Term.Var _, Term.Comprehension _, Term.Template _ -> List.of();
      case Term.Ref r -> {
        List<Term> all = new ArrayList<>();
        all.add(r.head());
        all.addAll(r.path());
        yield all;
      }
      case Term.ArrayTerm a -> a.items();
      case Term.SetTerm s -> s.items();
      case Term.Call c -> c.args();
      case Term.ObjectTerm o -> {
        List<Term> all = new ArrayList<>();
        for (Term.Entry e : o.entries()) {
          all.add(e.key());
          all.add(e.value());
        }
        yield all;
      }
    };
  }

  static void checkDefault(Term value, @Nullable List<Term> args, Location at) {
    if (args != null) {
      Set<String> seen = new HashSet<>();
      for (Term arg : args) {
        if (!(arg instanceof Term.Var v)) {
          throw fail(at, "illegal default rule (arguments must be variables)");
        }
        if (!seen.add(v.name())) {
          throw fail(at, "illegal default rule (arguments cannot be repeated " + v.name() + ")");
        }
      }
    }
    constant(value, at);
  }

  private static void constant(Term term, Location at) {
    if (term instanceof Term.Var || term instanceof Term.Ref || term instanceof Term.Call) {
      throw fail(at, "illegal default rule (value cannot contain variables, references or calls)");
    }
    for (Term child : children(term)) {
      constant(child, at);
    }
  }

  private static RegoException fail(Location at, String message) {
    return new RegoException(ErrorCode.REGO_PARSE_ERROR, at, message);
  }
}
