// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.Curve;
import org.cofferdam.core.protocol.kbs.InitData;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsRequest;
import org.cofferdam.core.protocol.kbs.KbsResponse;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.core.protocol.kbs.ResourceJwe;
import org.cofferdam.core.protocol.kbs.RuntimeData;
import org.cofferdam.core.protocol.kbs.TeeKeyPair;
import org.cofferdam.core.protocol.kbs.TpmActivation;
import org.cofferdam.core.protocol.kbs.TpmOffer;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestTpm;
import org.cofferdam.services.broker.kbs.KbsAnswer;

/**
 * A guest with a TPM of the foundry that speaks the protocol step by step, so that each can be
 * bent.
 */
final class TestGuest {
  final TestTpm tpm;
  final TeeKeyPair key = TeeKeyPair.generate(Curve.P256, new SecureRandom());
  final String initData;
  KbsVersion version = KbsVersion.V0_4_0;
  Optional<String> cookie = Optional.empty();

  /**
   * @param args of its one container: what its workload is known by
   */
  TestGuest(Instant now, String initData, String args, Hook hook) {
    this.initData = initData;
    this.tpm = new TestTpm(now.minusSeconds(60), hook);
    measure(args);
  }

  private void measure(String args) {
    String digest = Bytes.of(initData.getBytes(StandardCharsets.UTF_8)).sha256().hex();
    tpm.extend(
        8,
        6,
        Bytes.ofHex(digest).toArray(),
        entry("init-data", "{\"digest\":\"sha256:" + digest + "\"}"));
    tpm.measure(13, 6, entry("image", "{\"config\":\"c\",\"layers\":[\"l\"],\"manifest\":\"m\"}"));
    tpm.measure(
        13,
        6,
        entry("container", "{\"args\":[\"" + args + "\"],\"image\":\"m\",\"name\":\"main\"}"));
    tpm.measure(13, 6, entry("ready", "{}"));
  }

  KbsRequest request() {
    return new KbsRequest(
        version.wire(),
        "tpm",
        new TpmOffer(tpm.endorsementCertificate(), tpm.attestationPublicArea()).toExtraParams());
  }

  Challenge challenge(KbsAnswer answer) {
    cookie = answer.session();
    return Challenge.fromJson(Json.parse(answer.body()));
  }

  KbsAttestation attestation(Challenge challenge) throws GeneralSecurityException {
    TpmActivation activation = TpmActivation.fromExtraParams(challenge.extraParams()).orElseThrow();
    byte[] credential = tpm.activate(activation.credentialBlob(), activation.secret());
    return attestation(challenge, credential);
  }

  /** With devices, which the evidence covers. */
  KbsAttestation attestation(Challenge challenge, String devices) throws GeneralSecurityException {
    TpmActivation activation = TpmActivation.fromExtraParams(challenge.extraParams()).orElseThrow();
    byte[] credential = tpm.activate(activation.credentialBlob(), activation.secret());
    return attestation(challenge, credential, devices);
  }

  KbsAttestation attestation(Challenge challenge, byte[] credential) {
    return attestation(challenge, credential, "");
  }

  private KbsAttestation attestation(Challenge challenge, byte[] credential, String devices) {
    RuntimeData data = new RuntimeData(challenge.nonce(), key.publicKey());
    byte[] qualifying = Arrays.copyOf(data.digest(version, devices), 32);
    return new KbsAttestation(
        new InitData(initData), data, Json.parse(tpm.evidence(qualifying, credential)), devices);
  }

  /** The whole handshake, as far as the broker lets it. */
  KbsAnswer attest(TestBroker broker) throws Exception {
    Challenge challenge = challenge(broker.kbs.auth(bytes(request().toJson())));
    KbsAnswer answer = broker.kbs.attest(cookie, bytes(attestation(challenge).toJson(version)));
    answer.session().ifPresent(session -> cookie = Optional.of(session));
    return answer;
  }

  static String token(KbsAnswer answer) {
    return KbsResponse.fromJson(Json.parse(answer.body())).token();
  }

  String open(KbsAnswer answer) {
    try (SecretBytes secret = key.open(ResourceJwe.fromJson(Json.parse(answer.body())))) {
      return secret.lend(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
  }

  static byte[] bytes(Json json) {
    return json.write().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] entry(String operation, String content) {
    return TestTpm.entry("cofferdam.org/pod", operation, content);
  }
}
