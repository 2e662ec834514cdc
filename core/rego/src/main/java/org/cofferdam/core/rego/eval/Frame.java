// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The variables of one activation of a rule. */
public final class Frame {
  final @Nullable Value[] slots;
  final Machine machine;
  Context context;

  public Frame(int size, Machine machine, Context context) {
    this.slots = new Value[size];
    this.machine = machine;
    this.context = context;
  }

  /** The value of a slot, null where nothing is bound. */
  public @Nullable Value slot(int i) {
    return slots[i];
  }

  Value bound(int i) {
    Value v = slots[i];
    if (v == null) {
      throw new IllegalStateException("slot " + i + " is not bound");
    }
    return v;
  }
}
