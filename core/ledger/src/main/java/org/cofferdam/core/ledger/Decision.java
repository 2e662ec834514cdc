// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.util.Locale;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/** What was decided, and so what a record tells. */
public enum Decision {
  /** The evidence was accepted; nothing was handed out yet. */
  ATTESTED,
  /** Secrets were handed out; the record names them. */
  RELEASED,
  /** The evidence or the request was refused; the record says why. */
  REFUSED,
  /** A launch ended without ever showing evidence. */
  NO_EVIDENCE,
  /** Somebody changed what decisions are made with: policy, reference values, secrets. */
  CHANGED;

  /** The word in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Decision fromWire(String word) {
    for (Decision decision : values()) {
      if (decision.wire().equals(word)) {
        return decision;
      }
    }
    throw new MalformedEvidenceException(
        LedgerRecord.FORMAT, "decision", -1, "is a word this version does not have");
  }
}
