// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.replay.VerifierInput;
import org.cofferdam.core.protocol.kbs.InitData;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.core.protocol.kbs.RuntimeData;
import org.cofferdam.services.broker.session.Session;

/**
 * A handshake as the log keeps it: what the verifier was given, and the messages that it came from.
 * The evidence itself is not read from the messages again.
 */
public record RecordedHandshake(
    VerifierInput input, TeeName tee, KbsVersion version, KbsAttestation attestation) {
  private static final String FORMAT = "recorded handshake";

  /** What goes with the verifier's input. */
  static Json context(KbsVersion version, TeeName tee, KbsAttestation attestation) {
    InitData initData = attestation.initData();
    return Json.object()
        .put("protocol", version.wire())
        .put("tee", tee.wire())
        .put("initData", Json.nullable(initData == null ? null : initData.toml()))
        .put("runtimeData", attestation.runtimeData().toJson())
        .put("additionalEvidence", attestation.additionalEvidence())
        .build();
  }

  /**
   * @param policy to verify under
   * @throws MalformedEvidenceException where it has another form
   */
  public static RecordedHandshake decode(byte[] document, Policy policy) {
    VerifierInput input = VerifierInput.decode(document, policy);
    Json.Obj context = input.context().asObject(FORMAT);
    Json initData = context.require("initData");
    return new RecordedHandshake(
        input,
        TeeName.ofWire(context.string("tee"))
            .orElseThrow(() -> new MalformedEvidenceException(FORMAT, "tee", -1, "is not known")),
        KbsVersion.of(context.string("protocol"))
            .orElseThrow(
                () -> new MalformedEvidenceException(FORMAT, "protocol", -1, "is not known")),
        new KbsAttestation(
            initData == Json.Null.NULL ? null : new InitData(initData.asString("initData")),
            RuntimeData.fromJson(context.require("runtimeData")),
            Json.Null.NULL,
            context.string("additionalEvidence")));
  }

  /** The init-data that the guest sent, if any. */
  public Optional<Bytes> initData() {
    InitData sent = attestation.initData();
    return sent == null
        ? Optional.empty()
        : Optional.of(Bytes.of(sent.toml().getBytes(StandardCharsets.UTF_8)));
  }

  /** The session as far as anything after the attestation looks at it. */
  Session session(String id, Instant expires) {
    return new Session(
        id, version, tee.wire(), attestation.runtimeData().nonce(), expires, Optional.empty());
  }
}
