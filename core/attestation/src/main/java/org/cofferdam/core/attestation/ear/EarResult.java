// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.ear;

import java.time.Instant;
import java.util.Optional;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.AppraisalStatus;
import org.cofferdam.core.attestation.Report;
import org.cofferdam.core.attestation.Verdict;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/**
 * What an attestation result says (EAR, draft-ietf-rats-ear §3): one appraisal, named by the kind
 * of evidence. Beside EAR's own members, {@code cofferdam.*} ones carry what a replay needs:
 * checks, what was not checked, what is insecure, and the digest of everything that the verdict
 * rests on.
 *
 * @param report of the evidence
 * @param appraisal against reference values, where there were any
 * @param nonce the relying party's challenge; empty where there was none
 * @param build version of the verifier
 */
public record EarResult(
    Report report,
    Optional<Appraisal> appraisal,
    Optional<Bytes> nonce,
    String build,
    Instant issued,
    Instant expires) {
  static final String PROFILE = "tag:github.com,2023:veraison/ear";
  private static final String DEVELOPER = "https://cofferdam.org";

  /**
   * Evidence that was refused is contraindicated, and so is one that missed a reference value;
   * undecided is none. Without reference values no more than a warning can be said.
   */
  public AppraisalStatus status() {
    return switch (report.verdict()) {
      case REFUSED -> AppraisalStatus.CONTRAINDICATED;
      case UNDECIDED -> AppraisalStatus.NONE;
      case ACCEPTED -> appraisal.map(Appraisal::status).orElse(AppraisalStatus.WARNING);
    };
  }

  /** The payload. */
  public Json.Obj toJson() {
    Json.Builder json =
        Json.object()
            .put("eat_profile", PROFILE)
            .put("iat", issued.getEpochSecond())
            .put("exp", expires.getEpochSecond())
            .put(
                "ear.verifier-id",
                Json.object().put("developer", DEVELOPER).put("build", build).build());
    nonce.ifPresent(n -> json.put("eat_nonce", n.hex()));
    return json.put("submods", Json.object().put(report.kind(), submodule()).build()).build();
  }

  private Json submodule() {
    Json.Builder json = Json.object().put("ear.status", status().wire());
    appraisal
        .filter(a -> report.verdict() == Verdict.ACCEPTED)
        .ifPresent(a -> json.put("ear.trustworthiness-vector", a.vector().toJson()));
    json.put("ear.appraisal-policy-id", "sha256:" + report.digests().getOrDefault("policy", ""));
    appraisal.ifPresent(
        a ->
            json.put("cofferdam.references", "sha256:" + a.referenceDigest())
                .put("cofferdam.workload", a.workload()));
    Json.Obj said = report.toJson();
    return json.put("cofferdam.checks", said.require("checks"))
        .put("cofferdam.not-checked", said.require("notChecked"))
        .put("cofferdam.insecure", said.require("insecure"))
        .put("cofferdam.digests", said.require("digests"))
        .put("ear.veraison.annotated-evidence", report.claims())
        .build();
  }
}
