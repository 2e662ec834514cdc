// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.Value;

/** Comparison and membership. */
final class Comparison {
  private Comparison() {}

  static void register(Registry r) {
    r.two("equal", (a, b) -> RegoBoolean.of(a.equals(b)));
    r.two("eq", (a, b) -> RegoBoolean.of(a.equals(b)));
    r.two("neq", (a, b) -> RegoBoolean.of(!a.equals(b)));
    r.two("lt", (a, b) -> RegoBoolean.of(a.compareTo(b) < 0));
    r.two("lte", (a, b) -> RegoBoolean.of(a.compareTo(b) <= 0));
    r.two("gt", (a, b) -> RegoBoolean.of(a.compareTo(b) > 0));
    r.two("gte", (a, b) -> RegoBoolean.of(a.compareTo(b) >= 0));
    r.two("internal.member_2", (x, xs) -> RegoBoolean.of(member(x, xs)));
    r.three(
        "internal.member_3",
        (k, v, xs) -> {
          Value found = xs instanceof RegoSet s && !s.contains(k) ? null : xs.get(k);
          return RegoBoolean.of(found != null && found.equals(v));
        });
  }

  private static boolean member(Value x, Value xs) {
    if (xs instanceof RegoSet s) {
      return s.contains(x);
    }
    if (xs instanceof RegoArray || xs instanceof RegoObject) {
      for (int i = 0; i < xs.size(); i++) {
        if (xs.valueAt(i).equals(x)) {
          return true;
        }
      }
    }
    return false;
  }
}
