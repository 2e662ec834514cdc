// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.Locale;

/** The tiers of AR4SI (draft-ietf-rats-ar4si §2.3.2), and the numbers that stand for them. */
public enum AppraisalStatus {
  NONE(0),
  AFFIRMING(2),
  WARNING(32),
  CONTRAINDICATED(96);

  private final int value;

  AppraisalStatus(int value) {
    this.value = value;
  }

  /** The claim value in a trustworthiness vector. */
  public int value() {
    return value;
  }

  /** The word in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  AppraisalStatus worse(AppraisalStatus other) {
    return other.value > value ? other : this;
  }
}
