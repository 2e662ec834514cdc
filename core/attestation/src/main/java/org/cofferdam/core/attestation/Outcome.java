// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.Locale;

/** How one check came out. */
public enum Outcome {
  /** The rule holds. */
  PASSED,
  /** The rule does not hold; the evidence is refused. */
  FAILED,
  /** The rule does not hold, and a dated, owned waiver says that it need not. */
  WAIVED,
  /** The rule could not be looked at, because what it needs was not there. */
  SKIPPED;

  /** The word in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
