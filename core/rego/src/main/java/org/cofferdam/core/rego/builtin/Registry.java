// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.cofferdam.core.rego.Builtin;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Collects built-ins. */
final class Registry {
  private final Map<String, Builtin> all = new HashMap<>();

  /** A function of one argument that needs nothing else. */
  interface One {
    @Nullable Value apply(Value a);
  }

  /** A function of two arguments that needs nothing else. */
  interface Two {
    @Nullable Value apply(Value a, Value b);
  }

  /** A function of three arguments that needs nothing else. */
  interface Three {
    @Nullable Value apply(Value a, Value b, Value c);
  }

  void add(String name, int arity, Builtin.Body body) {
    all.put(name, new Builtin(name, arity, body));
  }

  void one(String name, One f) {
    add(name, 1, (c, a) -> f.apply(a[0]));
  }

  void two(String name, Two f) {
    add(name, 2, (c, a) -> f.apply(a[0], a[1]));
  }

  void three(String name, Three f) {
    add(name, 3, (c, a) -> f.apply(a[0], a[1], a[2]));
  }

  void test(String name, Predicate<Value> f) {
    one(name, v -> RegoBoolean.of(f.test(v)));
  }

  Map<String, Builtin> all() {
    return Map.copyOf(all);
  }
}
