// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** One value out of many. */
final class Aggregates {
  private Aggregates() {}

  static void register(Registry r) {
    r.one(
        "count",
        v ->
            switch (v) {
              case RegoString s -> RegoNumber.of(s.value().codePointCount(0, s.value().length()));
              case RegoArray _, RegoSet _, RegoObject _ -> RegoNumber.of(v.size());
              default -> throw Args.wrong(1, v, "array", "object", "set", "string");
            });
    r.one("sum", v -> fold(v, 0, Numbers::plus));
    r.one("product", v -> fold(v, 1, Numbers::times));
    r.one("max", v -> extreme(v, 1));
    r.one("min", v -> extreme(v, -1));
    r.one(
        "sort",
        v ->
            switch (v) {
              case RegoArray a -> RegoArray.of(a.items().stream().sorted().toList());
              case RegoSet s -> RegoArray.of(s.items());
              default -> throw Args.wrong(1, v, "set", "array");
            });
    r.one("all", v -> RegoBoolean.of(collection(v).equals(v) && every(v)));
    r.one("any", v -> RegoBoolean.of(collection(v).equals(v) && some(v)));
  }

  private static Value collection(Value v) {
    if (v instanceof RegoArray || v instanceof RegoSet) {
      return v;
    }
    throw Args.wrong(1, v, "set", "array");
  }

  private static boolean every(Value v) {
    for (int i = 0; i < v.size(); i++) {
      if (!RegoBoolean.TRUE.equals(v.valueAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean some(Value v) {
    for (int i = 0; i < v.size(); i++) {
      if (RegoBoolean.TRUE.equals(v.valueAt(i))) {
        return true;
      }
    }
    return false;
  }

  private interface Operation {
    RegoNumber apply(RegoNumber a, RegoNumber b);
  }

  private static Value fold(Value v, int start, Operation op) {
    collection(v);
    RegoNumber n = RegoNumber.of(start);
    for (int i = 0; i < v.size(); i++) {
      if (!(v.valueAt(i) instanceof RegoNumber x)) {
        throw org.cofferdam.core.rego.BuiltinException.type(
            "operand 1 must be "
                + v.typeName()
                + " of numbers but got "
                + v.typeName()
                + " containing "
                + v.valueAt(i).typeName());
      }
      n = op.apply(n, x);
    }
    return n;
  }

  private static @Nullable Value extreme(Value v, int sign) {
    collection(v);
    Value best = null;
    for (int i = 0; i < v.size(); i++) {
      if (best == null || Integer.signum(v.valueAt(i).compareTo(best)) == sign) {
        best = v.valueAt(i);
      }
    }
    return best;
  }
}
