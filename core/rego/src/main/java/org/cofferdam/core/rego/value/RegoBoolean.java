// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

/** {@code true} or {@code false}. */
public final class RegoBoolean implements Value {
  public static final RegoBoolean TRUE = new RegoBoolean(true);
  public static final RegoBoolean FALSE = new RegoBoolean(false);

  private final boolean value;

  private RegoBoolean(boolean value) {
    this.value = value;
  }

  public static RegoBoolean of(boolean value) {
    return value ? TRUE : FALSE;
  }

  public boolean value() {
    return value;
  }

  @Override
  public boolean truthy() {
    return value;
  }

  @Override
  public String typeName() {
    return "boolean";
  }

  @Override
  public int rank() {
    return 1;
  }

  @Override
  public int compareTo(Value o) {
    return o instanceof RegoBoolean b
        ? Boolean.compare(value, b.value)
        : Integer.compare(1, o.rank());
  }

  @Override
  public String toString() {
    return value ? "true" : "false";
  }
}
