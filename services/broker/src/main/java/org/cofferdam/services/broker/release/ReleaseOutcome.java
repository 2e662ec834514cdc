// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.release;

import java.util.List;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.ledger.Receipt;
import org.cofferdam.core.protocol.kbs.ResourceJwe;

/** How a request for a resource ended; either way it is on record. */
public sealed interface ReleaseOutcome {

  /** Encrypted to the guest that asked. */
  record Released(ResourceJwe answer, Receipt receipt) implements ReleaseOutcome {}

  /** The policy does not allow it. */
  record Denied(List<Check> checks, Receipt receipt) implements ReleaseOutcome {
    public Denied {
      checks = List.copyOf(checks);
    }
  }

  /** It is allowed, and there is no such resource. */
  record Missing(Receipt receipt) implements ReleaseOutcome {}
}
