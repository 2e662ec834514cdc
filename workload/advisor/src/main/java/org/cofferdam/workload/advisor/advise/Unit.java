// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import java.util.Locale;

/** The four patterns, smallest unit of trust first, with the work that each costs at least. */
public enum Unit {
  PROCESS(4),
  POD(3),
  CLUSTER(5),
  MANAGED(1);

  private final int basePoints;

  Unit(int basePoints) {
    this.basePoints = basePoints;
  }

  int basePoints() {
    return basePoints;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Unit of(String word) {
    for (Unit unit : values()) {
      if (unit.word().equals(word)) {
        return unit;
      }
    }
    throw new IllegalArgumentException("no pattern: " + word);
  }
}
