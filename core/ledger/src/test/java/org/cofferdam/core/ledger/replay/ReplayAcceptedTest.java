// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verdict;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.ContentStore;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.PolicyRef;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestTpm;
import org.junit.jupiter.api.Test;

/** A verdict of acceptance, over evidence of the foundry's TPM, and what takes it back. */
class ReplayAcceptedTest {
  private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");
  private static final byte[] CHALLENGE =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final String INIT_DATA = "11".repeat(32);

  private final Map<String, byte[]> files = new HashMap<>();
  private final TestTpm tpm = new TestTpm(AT.minusSeconds(60), Hook.none());
  private final Replay replay =
      new Replay(
          new ContentStore(path -> Optional.ofNullable(files.get(path))),
          (anchors, collateral) ->
              Verifier.create(
                  new JcaSignatureEngine(),
                  Endorsements.of(new TrustAnchors(anchors), collateral)));

  ReplayAcceptedTest() {
    tpm.extend(
        8,
        6,
        Bytes.ofHex(INIT_DATA).toArray(),
        entry("init-data", "{\"digest\":\"sha256:" + INIT_DATA + "\"}"));
    tpm.measure(13, 6, entry("ready", "{}"));
  }

  private static byte[] entry(String operation, String content) {
    return TestTpm.entry("cofferdam.org/pod", operation, content);
  }

  private ContentDigest keep(byte[] content) {
    ContentDigest digest = ContentDigest.of(content);
    files.put(ContentStore.path(digest), content);
    return digest;
  }

  private ContentDigest references(String initData) {
    ReferenceValue value =
        ReferenceValue.predicted(
            "pod.init-data", "/pod/init-data", Json.of(initData), "the init-data");
    return keep(new ReferenceSet("default/orders", List.of(value)).toJson().canonical());
  }

  private LedgerRecord attested(String initData, boolean anchored) {
    TrustAnchor anchor =
        new TrustAnchor(
            "foundry", "tpm-ek", Bytes.of(tpm.root().publicKey()), TrustAnchor.Origin.DEVELOPMENT);
    byte[] credential = new byte[32];
    VerifierInput input =
        new VerifierInput(
            Expectations.at(AT, Policy.release())
                .withKind("tpm-quote")
                .withNonce(Bytes.of(CHALLENGE))
                .withDevelopment(true)
                .withActivationDigest(Bytes.of(credential).sha256()),
            anchored ? List.of(anchor) : List.of(),
            Bytes.of(tpm.evidence(CHALLENGE, credential)),
            Json.Null.NULL);
    return LedgerRecord.builder(AT, Decision.ATTESTED, "default/orders")
        .tee("tpm", "development")
        .evidence(keep(input.encode()))
        .policy(new PolicyRef("release", "1", keep(Policy.release().toJson().canonical())))
        .references(references(initData))
        .build();
  }

  @Test
  void theVerdictIsTheSameAgain() throws IOException {
    LedgerRecord record = attested(INIT_DATA, true);
    Replayed then = replay.then(record);
    assertThat(then.checks()).isEmpty();
    assertThat(then.verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(then.insecure()).contains("development:foundry");
    assertThat(Replay.agrees(record, then)).isTrue();
  }

  @Test
  void withOtherReferenceValuesItIsAnother() throws IOException {
    LedgerRecord record = attested("22".repeat(32), true);
    Replayed then = replay.then(record);
    assertThat(then.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(then.checks()).extracting(Check::id).containsExactly("pod.init-data");
    assertThat(Replay.agrees(record, then)).isFalse();
  }

  @Test
  void asKnownNowItFollowsTheLatestReferenceValues() throws IOException {
    LedgerRecord record = attested(INIT_DATA, true);
    Replayed now = replay.at(record, AT, references("22".repeat(32)));
    assertThat(now.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(now.checks()).extracting(Check::id).containsExactly("pod.init-data");
  }

  @Test
  void whenTheCertificateHasEndedItIsAcceptedNoMore() throws IOException {
    Instant later = AT.plus(Duration.ofDays(36_500));
    Replayed now = replay.at(attested(INIT_DATA, true), later, references(INIT_DATA));
    assertThat(now.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(now.checks()).extracting(Check::id).contains("tpm.ek.validity");
  }

  @Test
  void withoutTheAnchorThatWasInForceItIsNotAccepted() throws IOException {
    LedgerRecord record = attested(INIT_DATA, false);
    Replayed then = replay.then(record);
    assertThat(then.verdict()).isNotEqualTo(Verdict.ACCEPTED);
    assertThat(Replay.agrees(record, then)).isFalse();
  }

  @Test
  void withoutReferenceValuesNothingIsAccepted() throws IOException {
    assertThat(replay.at(attested(INIT_DATA, true), AT, null).verdict())
        .isEqualTo(Verdict.UNDECIDED);
  }
}
