// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.Locale;

/** What verification says of one piece of evidence. */
public enum Verdict {
  ACCEPTED,
  REFUSED,
  /** Something needed was missing, for example collateral; never a form of acceptance. */
  UNDECIDED;

  /** The word in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
