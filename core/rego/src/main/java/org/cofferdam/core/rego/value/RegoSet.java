// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set, iterated in order. */
public final class RegoSet implements Value {
  public static final RegoSet EMPTY = new RegoSet(new Value[0]);

  private final Value[] items;
  private @Nullable HashIndex index;
  private int hash;

  private RegoSet(Value[] items) {
    this.items = items;
  }

  public static RegoSet of(Collection<? extends Value> items) {
    return of(items.toArray(new Value[0]));
  }

  /** Takes over {@code items}: the caller must not change it any more. */
  public static RegoSet of(Value... items) {
    if (items.length == 0) {
      return EMPTY;
    }
    if (items.length == 1) {
      return new RegoSet(items);
    }
    Arrays.sort(items);
    int n = 1;
    for (int i = 1; i < items.length; i++) {
      if (!items[i].equals(items[n - 1])) {
        items[n++] = items[i];
      }
    }
    return new RegoSet(n == items.length ? items : Arrays.copyOf(items, n));
  }

  public List<Value> items() {
    return List.of(items);
  }

  public boolean contains(Value key) {
    return get(key) != null;
  }

  @Override
  public String typeName() {
    return "set";
  }

  @Override
  public int rank() {
    return 6;
  }

  @Override
  public int size() {
    return items.length;
  }

  @Override
  public @Nullable Value get(Value key) {
    if (items.length <= 6) {
      for (Value item : items) {
        if (item.equals(key)) {
          return item;
        }
      }
      return null;
    }
    HashIndex x = index;
    if (x == null) {
      x = new HashIndex(items);
      index = x;
    }
    int i = x.find(key);
    return i < 0 ? null : items[i];
  }

  @Override
  public Value keyAt(int i) {
    return items[i];
  }

  @Override
  public Value valueAt(int i) {
    return items[i];
  }

  @Override
  public int compareTo(Value o) {
    return o instanceof RegoSet s ? Arrays.compare(items, s.items) : Integer.compare(6, o.rank());
  }

  @Override
  public boolean equals(Object o) {
    return o == this || (o instanceof RegoSet s && Arrays.equals(items, s.items));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.hashCode(items) * 31 + 6;
    }
    return hash;
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
