// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.util.List;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.ledger.Receipt;
import org.cofferdam.services.broker.session.Attested;

/** How an attestation ended; either way it is on record. */
public sealed interface AttestOutcome {

  /** The guest passed. */
  record Passed(Attested guest, Receipt receipt) implements AttestOutcome {}

  /** The guest did not pass, by these checks. */
  record Failed(List<Check> checks, Receipt receipt) implements AttestOutcome {
    public Failed {
      checks = List.copyOf(checks);
    }
  }
}
