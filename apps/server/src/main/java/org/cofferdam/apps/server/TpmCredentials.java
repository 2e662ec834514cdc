// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.security.SecureRandom;
import org.cofferdam.core.attestation.CredentialChallenge;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.tpm.TpmPublic;
import org.cofferdam.core.protocol.kbs.TpmActivation;
import org.cofferdam.core.protocol.kbs.TpmOffer;
import org.cofferdam.services.broker.kbs.CredentialMaker;

/** Credentials for TPMs, made as the TPM itself would. */
record TpmCredentials(SecureRandom random) implements CredentialMaker {
  @Override
  public TpmActivation make(TpmOffer offer, SecretBytes secret) {
    CredentialChallenge challenge =
        CredentialChallenge.make(
            Certificate.parse(Bytes.of(offer.ekCertificate())),
            TpmPublic.parse(Bytes.of(offer.akPublicArea())),
            secret,
            random);
    return new TpmActivation(
        challenge.credentialBlob().toArray(), challenge.encryptedSecret().toArray());
  }
}
