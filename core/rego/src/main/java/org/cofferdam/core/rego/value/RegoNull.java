// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

/** The null value. */
public final class RegoNull implements Value {
  /** The only instance. */
  public static final RegoNull NULL = new RegoNull();

  private RegoNull() {}

  @Override
  public String typeName() {
    return "null";
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int compareTo(Value o) {
    return o instanceof RegoNull ? 0 : -1;
  }

  @Override
  public String toString() {
    return "null";
  }
}
