// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object, iterated in the order of its keys, which may be any values. */
public final class RegoObject implements Value {
  public static final RegoObject EMPTY = new RegoObject(new Value[0], new Value[0]);

  private final Value[] keys;
  private final Value[] values;
  private @Nullable HashIndex index;
  private int hash;

  private RegoObject(Value[] keys, Value[] values) {
    this.keys = keys;
    this.values = values;
  }

  public static RegoObject of(Map<? extends Value, ? extends Value> map) {
    if (map.isEmpty()) {
      return EMPTY;
    }
    Value[] keys = map.keySet().toArray(new Value[0]);
    Arrays.sort(keys);
    Value[] values = new Value[keys.length];
    for (int i = 0; i < keys.length; i++) {
      Value v = map.get(keys[i]);
      if (v == null) {
        throw new IllegalArgumentException("map without a value for its key");
      }
      values[i] = v;
    }
    return new RegoObject(keys, values);
  }

  public static RegoObject of(String key, Value value) {
    return new RegoObject(new Value[] {RegoString.of(key)}, new Value[] {value});
  }

  /** A copy that may be changed. */
  public Map<Value, Value> toMap() {
    Map<Value, Value> map = new LinkedHashMap<>(keys.length * 2);
    for (int i = 0; i < keys.length; i++) {
      map.put(keys[i], values[i]);
    }
    return map;
  }

  /** The element with this key, or null. */
  public @Nullable Value get(String key) {
    return get(RegoString.of(key));
  }

  public boolean has(Value key) {
    return find(key) >= 0;
  }

  private int find(Value key) {
    if (keys.length <= 6) {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i].equals(key)) {
          return i;
        }
      }
      return -1;
    }
    HashIndex x = index;
    if (x == null) {
      x = new HashIndex(keys);
      index = x;
    }
    return x.find(key);
  }

  @Override
  public String typeName() {
    return "object";
  }

  @Override
  public int rank() {
    return 5;
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public @Nullable Value get(Value key) {
    int i = find(key);
    return i < 0 ? null : values[i];
  }

  @Override
  public Value keyAt(int i) {
    return keys[i];
  }

  @Override
  public Value valueAt(int i) {
    return values[i];
  }

  @Override
  public int compareTo(Value o) {
    if (!(o instanceof RegoObject b)) {
      return Integer.compare(5, o.rank());
    }
    int n = Math.min(keys.length, b.keys.length);
    for (int i = 0; i < n; i++) {
      int c = keys[i].compareTo(b.keys[i]);
      if (c != 0) {
        return c;
      }
      c = values[i].compareTo(b.values[i]);
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(keys.length, b.keys.length);
  }

  @Override
  public boolean equals(Object o) {
    return o == this
        || (o instanceof RegoObject b
            && Arrays.equals(keys, b.keys)
            && Arrays.equals(values, b.values));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.hashCode(keys) * 31 + Arrays.hashCode(values);
    }
    return hash;
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
