// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array. */
public final class RegoArray implements Value {
  public static final RegoArray EMPTY = new RegoArray(new Value[0]);

  private final Value[] items;
  private int hash;

  private RegoArray(Value[] items) {
    this.items = items;
  }

  /** Takes over {@code items}: the caller must not change it any more. */
  public static RegoArray of(Value... items) {
    return items.length == 0 ? EMPTY : new RegoArray(items);
  }

  public static RegoArray of(List<? extends Value> items) {
    return of(items.toArray(new Value[0]));
  }

  public List<Value> items() {
    return List.of(items);
  }

  @Override
  public String typeName() {
    return "array";
  }

  @Override
  public int rank() {
    return 4;
  }

  @Override
  public int size() {
    return items.length;
  }

  @Override
  public @Nullable Value get(Value key) {
    return key instanceof RegoNumber n
            && n.isLong()
            && n.longValue() >= 0
            && n.longValue() < items.length
        ? items[(int) n.longValue()]
        : null;
  }

  @Override
  public Value keyAt(int i) {
    return RegoNumber.of(i);
  }

  @Override
  public Value valueAt(int i) {
    return items[i];
  }

  @Override
  public int compareTo(Value o) {
    return o instanceof RegoArray a ? Arrays.compare(items, a.items) : Integer.compare(4, o.rank());
  }

  @Override
  public boolean equals(Object o) {
    return o == this || (o instanceof RegoArray a && Arrays.equals(items, a.items));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.hashCode(items);
    }
    return hash;
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
