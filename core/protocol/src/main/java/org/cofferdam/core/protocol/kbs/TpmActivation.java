// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The broker's answer to a {@link TpmOffer}, in {@link Challenge#extraParams}: inputs of
 * TPM2_ActivateCredential (TPM 2.0 Part 3, §12.5).
 *
 * @param credentialBlob TPM2B_ID_OBJECT, its size first
 * @param secret TPM2B_ENCRYPTED_SECRET, its size first
 */
public record TpmActivation(byte[] credentialBlob, byte[] secret) {
  private static final String MEMBER = "tpm";

  public Json toExtraParams() {
    return Json.object()
        .put(
            MEMBER,
            Json.object()
                .put("credential_blob", Base64Text.standard(credentialBlob))
                .put("secret", Base64Text.standard(secret))
                .build())
        .build();
  }

  /**
   * The activation in {@code extraParams}, or empty where there is none.
   *
   * @throws MalformedEvidenceException where it is there and has not the form
   */
  public static Optional<TpmActivation> fromExtraParams(Json extraParams) {
    if (!(extraParams instanceof Json.Obj o) || o.get(MEMBER).isEmpty()) {
      return Optional.empty();
    }
    Json.Obj tpm = o.object(MEMBER);
    tpm.only("credential_blob", "secret");
    return Optional.of(
        new TpmActivation(
            Base64Text.fromStandard("credential_blob", tpm.string("credential_blob")),
            Base64Text.fromStandard("secret", tpm.string("secret"))));
  }
}
