// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

import org.jspecify.annotations.Nullable;

/**
 * A Rego value. Values are immutable and totally ordered: null &lt; boolean &lt; number &lt; string
 * &lt; array &lt; object &lt; set.
 */
public sealed interface Value extends Comparable<Value>
    permits RegoNull, RegoBoolean, RegoNumber, RegoString, RegoArray, RegoObject, RegoSet {

  /** The name of the type as Rego's {@code type_name} gives it. */
  String typeName();

  /** Position of the type in the order across types. */
  int rank();

  /** What {@code value[key]} is, or null where there is no such element. */
  default @Nullable Value get(Value key) {
    return null;
  }

  /** Number of elements of a collection, 0 for a scalar. */
  default int size() {
    return 0;
  }

  /** The {@code i}-th key in iteration order: an index, an object's key or a set's element. */
  default Value keyAt(int i) {
    throw new IndexOutOfBoundsException(i);
  }

  /** The {@code i}-th element in iteration order. */
  default Value valueAt(int i) {
    throw new IndexOutOfBoundsException(i);
  }

  /** True for everything but {@code false}. */
  default boolean truthy() {
    return true;
  }

  /** True where the value is an array, an object or a set. */
  default boolean isCollection() {
    return rank() >= 4;
  }
}
