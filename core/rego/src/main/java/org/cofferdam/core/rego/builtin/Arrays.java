// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.Value;

/** Functions on arrays. */
final class Arrays {
  private Arrays() {}

  static void register(Registry r) {
    r.two(
        "array.concat",
        (a, b) -> {
          List<Value> out = new ArrayList<>(Args.array(a, 1).items());
          out.addAll(Args.array(b, 2).items());
          return RegoArray.of(out);
        });
    r.one("array.reverse", a -> RegoArray.of(Args.array(a, 1).items().reversed()));
    r.three("array.slice", Arrays::slice);
    r.one(
        "array.flatten",
        a -> {
          List<Value> out = new ArrayList<>();
          for (Value v : Args.array(a, 1).items()) {
            if (v instanceof RegoArray inner) {
              out.addAll(inner.items());
            } else {
              out.add(v);
            }
          }
          return RegoArray.of(out);
        });
  }

  private static Value slice(Value a, Value from, Value to) {
    RegoArray array = Args.array(a, 1);
    int start = Math.max(0, Args.small(from, 2));
    int end = Math.min(array.size(), Args.small(to, 3));
    return start >= end ? RegoArray.EMPTY : RegoArray.of(array.items().subList(start, end));
  }
}
