// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The third message: POST {@code /kbs/v0/attest}.
 *
 * @param initData null where the guest has none
 * @param primaryEvidence of the CPU or the TPM, in its own JSON form
 * @param additionalEvidence a JSON text of a map from TEE name to evidence; empty where there are
 *     no devices
 */
public record KbsAttestation(
    @Nullable InitData initData,
    RuntimeData runtimeData,
    Json primaryEvidence,
    String additionalEvidence) {

  public Json toJson(KbsVersion version) {
    return Json.object()
        .put("init-data", initData == null ? Json.Null.NULL : initData.toJson())
        .put("runtime-data", runtimeData.toJson())
        .put(
            "tee-evidence",
            version.composite()
                ? Json.object()
                    .put("primary_evidence", primaryEvidence)
                    .put("additional_evidence", additionalEvidence)
                    .build()
                : primaryEvidence)
        .build();
  }

  /** SHA-384 (48 bytes) that the primary evidence must carry. */
  public byte[] digest(KbsVersion version) {
    return runtimeData.digest(version, additionalEvidence);
  }

  /**
   * @throws MalformedEvidenceException where the message has not the form of this version
   */
  public static KbsAttestation fromJson(Json json, KbsVersion version) {
    Json.Obj o = json.asObject("attestation");
    Json init = o.get("init-data").orElse(Json.Null.NULL);
    Json evidence = o.require("tee-evidence");
    Json primary = evidence;
    String additional = "";
    if (version.composite()) {
      Json.Obj both = evidence.asObject("tee-evidence");
      primary = both.require("primary_evidence");
      additional = both.string("additional_evidence");
    }
    return new KbsAttestation(
        init == Json.Null.NULL ? null : InitData.fromJson(init),
        RuntimeData.fromJson(o.require("runtime-data")),
        primary,
        additional);
  }
}
