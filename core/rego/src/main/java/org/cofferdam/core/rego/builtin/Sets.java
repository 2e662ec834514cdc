// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.Value;

/** Functions on sets. */
final class Sets {
  private Sets() {}

  static void register(Registry r) {
    r.two("and", (a, b) -> and(Args.set(a, 1), Args.set(b, 2)));
    r.two("or", (a, b) -> or(Args.set(a, 1), Args.set(b, 2)));
    r.two(
        "set_diff",
        (a, b) -> {
          RegoSet y = Args.set(b, 2);
          return RegoSet.of(Args.set(a, 1).items().stream().filter(v -> !y.contains(v)).toList());
        });
    r.one(
        "union",
        a -> {
          List<Value> all = new ArrayList<>();
          for (Value s : Args.set(a, 1).items()) {
            all.addAll(member(s).items());
          }
          return RegoSet.of(all);
        });
    r.one(
        "intersection",
        a -> {
          RegoSet result = null;
          for (Value s : Args.set(a, 1).items()) {
            result = result == null ? member(s) : and(result, member(s));
          }
          return result == null ? RegoSet.EMPTY : result;
        });
  }

  private static RegoSet member(Value v) {
    if (v instanceof RegoSet s) {
      return s;
    }
    throw org.cofferdam.core.rego.BuiltinException.type(
        "operand 1 must be set of sets but got set containing " + v.typeName());
  }

  private static RegoSet and(RegoSet a, RegoSet b) {
    return RegoSet.of(a.items().stream().filter(b::contains).toList());
  }

  private static RegoSet or(RegoSet a, RegoSet b) {
    List<Value> all = new ArrayList<>(a.items());
    all.addAll(b.items());
    return RegoSet.of(all);
  }
}
