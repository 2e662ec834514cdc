// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.replay.VerifierInput;
import org.cofferdam.core.protocol.kbs.InitData;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.services.broker.session.Session;

/**
 * Everything that the verifier is given for one attestation, and the document of it that the log
 * keeps by its digest: the verdict is made from the very input that is on record. It holds nothing
 * secret: of an activation secret only the hash.
 *
 * @param input of the verifier
 * @param content canonical JSON
 * @param digest of it
 */
record EvidenceDocument(VerifierInput input, byte[] content, ContentDigest digest) {

  static EvidenceDocument of(
      Session session,
      KbsAttestation attestation,
      Expectations expectations,
      List<TrustAnchor> anchors) {
    InitData initData = attestation.initData();
    Json context =
        Json.object()
            .put("protocol", session.version().wire())
            .put("tee", session.tee())
            .put("nonce", session.nonce())
            .put("init-data", initData == null ? Json.Null.NULL : initData.toJson())
            .put("runtime-data", attestation.runtimeData().toJson())
            .put("additional_evidence", attestation.additionalEvidence())
            .build();
    byte[] evidence = attestation.primaryEvidence().write().getBytes(StandardCharsets.UTF_8);
    VerifierInput input = new VerifierInput(expectations, anchors, Bytes.of(evidence), context);
    byte[] content = input.encode();
    return new EvidenceDocument(input, content, ContentDigest.of(content));
  }
}
