// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.KbsAttestation;

/**
 * The payload of an attestation result, laid out as Trustee's: one appraisal {@code cpu0} for the
 * primary TEE. {@code jti} and the {@code cofferdam} members are added; peers pass over them.
 *
 * @param id of the token
 * @param tee wire name
 * @param attestation what the guest sent
 * @param initDataDigest where the evidence vouches for it
 * @param reportData what the evidence vouches for: the hash of the runtime data
 * @param insecure marks that must go with the result
 */
public record EarPayload(
    String id,
    String tee,
    Appraisal appraisal,
    KbsAttestation attestation,
    Optional<Bytes> initDataDigest,
    Bytes reportData,
    List<String> insecure,
    Instant issued,
    Instant expires) {
  private static final String PROFILE = "tag:github.com,2024:confidential-containers/Trustee";
  private static final String ISSUER = "CoCo-Attestation-Service";
  private static final String POLICY_ID = "default";

  public EarPayload {
    insecure = List.copyOf(insecure);
  }

  public Json.Obj toJson() {
    return Json.object()
        .put("eat_profile", PROFILE)
        .put("iat", issued.getEpochSecond())
        .put("exp", expires.getEpochSecond())
        .put("iss", ISSUER)
        .put("jti", id)
        .put(
            "ear.verifier-id",
            Json.object()
                .put("developer", "https://confidentialcontainers.org")
                .put("build", "cofferdam")
                .build())
        .put("submods", Json.object().put("cpu0", appraisalOf()).build())
        .build();
  }

  private Json appraisalOf() {
    return Json.object()
        .put("ear.status", appraisal.status().wire())
        .put("ear.trustworthiness-vector", appraisal.vector().toJson())
        .put("ear.appraisal-policy-id", POLICY_ID)
        .put("ear.veraison.annotated-evidence", annotatedEvidence())
        .put("cofferdam.workload", appraisal.workload())
        .put("cofferdam.insecure", Json.strings(insecure))
        .build();
  }

  private Json annotatedEvidence() {
    Json.Builder json = Json.object().put(tee, appraisal.verified().report().claims());
    initDataDigest.ifPresent(digest -> json.put("init_data", digest.hex()));
    return json.put("report_data", reportData.hex())
        .put(
            "runtime_data_claims",
            Json.object()
                .put("nonce", attestation.runtimeData().nonce())
                .put("tee-pubkey", attestation.runtimeData().teePubkey().toJson())
                .build())
        .build();
  }
}
