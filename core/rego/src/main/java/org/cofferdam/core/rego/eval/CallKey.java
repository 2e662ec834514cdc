// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.Arrays;
import org.cofferdam.core.rego.value.Value;

/** A call that was made, for finding its result again. */
final class CallKey {
  private final int function;
  private final Value[] args;
  private final int hash;

  CallKey(int function, Value[] args) {
    this.function = function;
    this.args = args;
    this.hash = Arrays.hashCode(args) * 31 + function;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof CallKey k
        && function == k.function
        && hash == k.hash
        && Arrays.equals(args, k.args);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
