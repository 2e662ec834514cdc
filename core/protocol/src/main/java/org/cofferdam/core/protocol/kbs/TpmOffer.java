// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * What a guest with a TPM says of it in {@link KbsRequest#extraParams}, so that the broker can have
 * it prove that the attestation key lives beside the endorsement key.
 *
 * @param ekCertificate DER of the endorsement key's certificate
 * @param akPublicArea TPMT_PUBLIC of the attestation key
 */
public record TpmOffer(byte[] ekCertificate, byte[] akPublicArea) {
  private static final String MEMBER = "tpm";

  /** The object for {@link KbsRequest#extraParams}, with the hash algorithms that a guest knows. */
  public Json toExtraParams() {
    return Json.object()
        .put("supported-hash-algorithms", Json.strings(List.of("sha384")))
        .put(
            MEMBER,
            Json.object()
                .put("ek_certificate", Base64Text.standard(ekCertificate))
                .put("ak_public_area", Base64Text.standard(akPublicArea))
                .build())
        .build();
  }

  /**
   * The offer in {@code extraParams}, or empty where the guest made none.
   *
   * @throws MalformedEvidenceException where it is there and has not the form
   */
  public static Optional<TpmOffer> fromExtraParams(Json extraParams) {
    if (!(extraParams instanceof Json.Obj o) || o.get(MEMBER).isEmpty()) {
      return Optional.empty();
    }
    Json.Obj tpm = o.object(MEMBER);
    tpm.only("ek_certificate", "ak_public_area");
    return Optional.of(
        new TpmOffer(
            Base64Text.fromStandard("ek_certificate", tpm.string("ek_certificate")),
            Base64Text.fromStandard("ak_public_area", tpm.string("ak_public_area"))));
  }
}
