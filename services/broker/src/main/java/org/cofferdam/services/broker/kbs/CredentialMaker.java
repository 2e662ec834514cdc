// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.kbs;

import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.protocol.kbs.TpmActivation;
import org.cofferdam.core.protocol.kbs.TpmOffer;

/** Makes a credential that only the TPM with both keys of an offer can open. */
@FunctionalInterface
public interface CredentialMaker {
  /**
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where the offer has not its form
   */
  TpmActivation make(TpmOffer offer, SecretBytes secret);
}
