// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/** Counts a value before it is written out: shared parts count each time they would be written. */
final class Sizes {
  private Sizes() {}

  static void charge(CallContext c, Value v) {
    if (v instanceof RegoString s) {
      c.charge(s.value().length());
      return;
    }
    c.charge(1);
    for (int i = 0; i < v.size(); i++) {
      if (v.rank() == 5) {
        charge(c, v.keyAt(i));
      }
      charge(c, v.valueAt(i));
    }
  }
}
