// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.replay;

import java.util.List;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.Verifier;

/** Makes a verifier that works offline, with what a record names and what a person adds. */
@FunctionalInterface
public interface VerifierFactory {
  /**
   * @param anchors beside those that ship with the product
   * @param collateral in the order of the record
   */
  Verifier create(List<TrustAnchor> anchors, List<Document> collateral);
}
