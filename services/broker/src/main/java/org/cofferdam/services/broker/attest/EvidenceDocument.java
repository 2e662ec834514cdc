// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.time.Instant;
import java.util.Optional;
import org.cofferdam.core.attestation.Waiver;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.services.broker.session.Session;
import org.cofferdam.services.broker.workload.Workload;

/**
 * Everything that the verifier was given for one attestation, as one document that the log keeps by
 * its digest: with it a verdict can be repeated. It holds nothing secret: of an activation secret
 * only the hash.
 *
 * @param content canonical JSON
 * @param digest of it
 */
record EvidenceDocument(byte[] content, ContentDigest digest) {
  private static final int FORM = 1;

  static EvidenceDocument of(
      Session session,
      KbsAttestation attestation,
      Optional<Workload> workload,
      boolean development,
      Instant at) {
    Json.Builder json =
        Json.object()
            .put("form", FORM)
            .put("at", at.toString())
            .put("protocol", session.version().wire())
            .put("tee", session.tee())
            .put("nonce", session.nonce())
            .put("development", development)
            .put(
                "waivers",
                Json.array(
                    workload.stream()
                        .flatMap(w -> w.waivers().stream())
                        .map(Waiver::toJson)
                        .toList()))
            .put("attestation", attestation.toJson(session.version()));
    session
        .activation()
        .ifPresent(activation -> json.put("activation", activation.secretDigest().hex()));
    byte[] content = json.build().canonical();
    return new EvidenceDocument(content, ContentDigest.of(content));
  }
}
