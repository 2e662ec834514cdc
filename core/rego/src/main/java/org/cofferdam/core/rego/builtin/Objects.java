// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.Value;

/** Functions on objects. */
final class Objects {
  private Objects() {}

  static void register(Registry r) {
    r.three("object.get", Objects::get);
    r.one("object.keys", a -> RegoSet.of(Args.object(a, 1).toMap().keySet()));
    r.two(
        "object.remove",
        (a, b) -> {
          Map<Value, Value> map = Args.object(a, 1).toMap();
          map.keySet().removeAll(keys(b));
          return RegoObject.of(map);
        });
    r.two(
        "object.filter",
        (a, b) -> {
          Map<Value, Value> map = Args.object(a, 1).toMap();
          map.keySet().retainAll(keys(b));
          return RegoObject.of(map);
        });
    r.two("object.union", (a, b) -> union(Args.object(a, 1), Args.object(b, 2)));
    r.one(
        "object.union_n",
        a -> {
          RegoObject out = RegoObject.EMPTY;
          for (Value v : Args.array(a, 1).items()) {
            if (!(v instanceof RegoObject o)) {
              throw BuiltinException.type(
                  "operand 1 must be array of objects but got array containing " + v.typeName());
            }
            out = union(out, o);
          }
          return out;
        });
    r.two("object.subset", (a, b) -> subset(a, b));
  }

  private static Value get(Value object, Value path, Value otherwise) {
    RegoObject o = Args.object(object, 1);
    if (!(path instanceof RegoArray p)) {
      Value v = o.get(path);
      return v == null ? otherwise : v;
    }
    Value v = o;
    for (Value key : p.items()) {
      v = v == null ? null : v.get(key);
    }
    return v == null ? otherwise : v;
  }

  private static Set<Value> keys(Value v) {
    Set<Value> out = new HashSet<>();
    switch (v) {
      case RegoObject o -> out.addAll(o.toMap().keySet());
      case RegoSet s -> out.addAll(s.items());
      case RegoArray a -> out.addAll(a.items());
      default -> throw Args.wrong(2, v, "object", "set", "array");
    }
    return out;
  }

  private static RegoObject union(RegoObject a, RegoObject b) {
    Map<Value, Value> map = a.toMap();
    b.toMap()
        .forEach(
            (k, v) -> {
              Value old = map.get(k);
              map.put(
                  k, old instanceof RegoObject x && v instanceof RegoObject y ? union(x, y) : v);
            });
    return RegoObject.of(map);
  }

  private static Value subset(Value big, Value small) {
    if (big instanceof RegoObject x && small instanceof RegoObject y) {
      return RegoBoolean.of(within(x, y));
    }
    if (big instanceof RegoSet x && small instanceof RegoSet y) {
      return RegoBoolean.of(y.items().stream().allMatch(x::contains));
    }
    if (big instanceof RegoArray x && small instanceof RegoArray y) {
      return RegoBoolean.of(run(x.items(), y.items()));
    }
    if (big instanceof RegoArray x && small instanceof RegoSet y) {
      return RegoBoolean.of(new HashSet<>(x.items()).containsAll(y.items()));
    }
    throw BuiltinException.type(
        "both arguments object.subset must be of the same type or array and set");
  }

  private static boolean within(RegoObject big, RegoObject small) {
    for (int i = 0; i < small.size(); i++) {
      Value x = big.get(small.keyAt(i));
      if (x == null || !part(x, small.valueAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean part(Value big, Value small) {
    if (big instanceof RegoObject x && small instanceof RegoObject y) {
      return within(x, y);
    }
    if (big instanceof RegoSet x && small instanceof RegoSet y) {
      return y.items().stream().allMatch(x::contains);
    }
    if (big instanceof RegoArray x && small instanceof RegoArray y) {
      return run(x.items(), y.items());
    }
    return big.equals(small);
  }

  /** True where {@code small} stands in {@code big} without a gap. */
  private static boolean run(List<Value> big, List<Value> small) {
    return java.util.Collections.indexOfSubList(big, small) >= 0;
  }
}
