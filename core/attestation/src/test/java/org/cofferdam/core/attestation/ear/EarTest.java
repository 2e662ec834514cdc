// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.ear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferdam.core.attestation.Minted.failed;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Appraiser;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.GenuineEvidence;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Refused;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Undecided;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.attestation.Verified;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.json.JsonPointer;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestEar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of other verifiers, each rule broken alone, and results of our own. */
class EarTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final byte[] NONCE = {1, 2, 3, 4};

  private static VerificationResult verify(byte[] token, byte[] key, Instant at) {
    TrustAnchors anchors =
        new TrustAnchors(
            List.of(
                new TrustAnchor(
                    "peer", TrustAnchors.ANY_USE, Bytes.of(key), TrustAnchor.Origin.SUPPLIED)));
    return Verifier.create(new JcaSignatureEngine(), Endorsements.of(anchors, List.of()))
        .verify(
            Evidence.of(token), Expectations.at(at, Policy.release()).withNonce(Bytes.of(NONCE)));
  }

  private static VerificationResult verify(Hook hook) {
    TestEar peer = new TestEar(hook);
    return verify(peer.token(NOW, NONCE), peer.publicKey(), NOW.plusSeconds(10));
  }

  private static Hook claims(String from, String to) {
    return Hook.change(
        "ear.claims",
        v ->
            new String(v, StandardCharsets.UTF_8)
                .replaceFirst(from, to)
                .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aTrustedVerifiersResultIsTakenAndNamed() {
    VerificationResult result = verify(Hook.none());
    assertThat(failed(result)).isEmpty();
    assertThat(result).isInstanceOf(GenuineEvidence.class);
    assertThat(result.report().kind()).isEqualTo("ear");
    assertThat(result.report().insecure()).contains("trust-anchor:peer");
  }

  @ParameterizedTest
  @CsvSource({
    "affirming, warning, ear.status",
    "affirming, better, ear.structure",
    "\"ear.status\", \"status\", ear.structure",
    "\"exp\":[0-9]+, \"exp\":1, ear.lifetime",
    "\"iat\":[0-9]+, \"iat\":4000000000, ear.lifetime",
    "'\"exp\":[0-9]+,', '', ear.expires-given",
    "01020304, 01020305, binding.nonce",
    "'\"cpu0\":\\{\"ear.status\":\"affirming\"\\}', '', ear.structure",
  })
  void eachRuleAlone(String from, String to, String rule) {
    VerificationResult result = verify(claims(from, to));
    assertThat(result).isInstanceOf(Refused.class);
    assertThat(failed(result)).containsExactly(rule);
  }

  @Test
  void signatureAlgorithmAndCriticalHeaders() {
    assertThat(failed(verify(Hook.flip("ear.signature")))).containsExactly("ear.signature");
    assertThat(failed(verify(header("{\"alg\":\"none\"}")))).containsExactly("ear.structure");
    assertThat(failed(verify(header("{\"alg\":\"ES256\",\"crit\":[\"b64\"]}"))))
        .containsExactly("ear.structure");
    // A signature made for one algorithm does not serve another.
    assertThat(failed(verify(header("{\"alg\":\"EdDSA\"}")))).containsExactly("ear.signature");
  }

  private static Hook header(String json) {
    return Hook.replace("ear.header", json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void withoutAKeyItIsUndecided() {
    TestEar peer = new TestEar(Hook.none());
    assertThat(
            Verifier.create(
                    new JcaSignatureEngine(),
                    Endorsements.of(new TrustAnchors(List.of()), List.of()))
                .verify(
                    Evidence.of(peer.token(NOW, NONCE)), Expectations.at(NOW, Policy.genuine())))
        .isInstanceOf(Undecided.class);
  }

  /** What we sign, our own verifier reads again, whatever the key. */
  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "Ed25519"})
  void ourOwnResultsVerify(String curve) throws Exception {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(curve.equals("Ed25519") ? "Ed25519" : "EC");
    generator.initialize(
        curve.equals("Ed25519") ? NamedParameterSpec.ED25519 : new ECGenParameterSpec(curve));
    KeyPair pair = generator.generateKeyPair();
    VerificationResult peer = verify(Hook.none());
    ReferenceSet references =
        new ReferenceSet(
            "default/x",
            List.of(
                ReferenceValue.predicted(
                    "profile",
                    "/ear/eat_profile",
                    Json.of("tag:github.com,2023:veraison/ear"),
                    "profile")));
    EarResult ours =
        new EarResult(
            peer.report(),
            Optional.of(new Appraiser(false).appraise((Verified) peer, references, NOW)),
            Optional.of(Bytes.of(NONCE)),
            "test",
            NOW,
            NOW.plusSeconds(60));
    byte[] token = new EarSigner(pair.getPrivate()).sign(ours).getBytes(StandardCharsets.US_ASCII);
    VerificationResult again = verify(token, pair.getPublic().getEncoded(), NOW);
    assertThat(failed(again)).isEmpty();
    assertThat(again).isInstanceOf(GenuineEvidence.class);
    assertThat(
            JsonPointer.find(again.report().claims(), "/ear/submods/ear/cofferdam.digests/policy"))
        .contains(Json.of(Policy.release().digest()));
    assertThat(failed(verify(token, new TestEar(Hook.none()).publicKey(), NOW)))
        .containsExactly("ear.signature");
  }

  @Test
  void refusedEvidenceIsContraindicatedAndUndecidedIsNone() {
    VerificationResult refused = verify(Hook.flip("ear.signature"));
    EarResult result =
        new EarResult(
            refused.report(), Optional.empty(), Optional.empty(), "test", NOW, NOW.plusSeconds(60));
    assertThat(result.status().wire()).isEqualTo("contraindicated");
    assertThat(result.toJson().get("eat_nonce")).isEmpty();
  }
}
