// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.influence;

import java.util.Locale;

/** What stands between somebody and a power over a workload. */
public enum Reach {
  /** The processor forbids it. */
  HARDWARE,
  /** A measured policy, or content that is measured, forbids it. */
  POLICY,
  /** Only a rule that the control plane itself runs forbids it. */
  ADMISSION,
  /** Nothing does. */
  OPEN,
  /** The power does not exist there. */
  NONE;

  /** The word in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Holds against a control plane that is not trusted. */
  public boolean blocked() {
    return this == HARDWARE || this == POLICY || this == NONE;
  }

  static Reach of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
