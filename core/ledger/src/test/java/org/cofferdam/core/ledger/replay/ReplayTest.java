// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.cofferdam.core.ledger.RecordBuilder;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

  private static final String STRUCTURE = "tpm-quote.structure";

  /** Its key is no key. */
  private static final String EVIDENCE =
      """
      {"tpm_quote":{"message":"AA==","signature":"AA==","pcrs":["00"]},"ak_public":"*"}
      """;

  private final Map<String, byte[]> files = new HashMap<>();
  private final List<TrustAnchor> anchors = new ArrayList<>();
  private final List<String> collateral = new ArrayList<>();
  private final Replay replay =
      new Replay(
          new ContentStore(path -> Optional.ofNullable(files.get(path))),
          (extra, documents) -> {
            anchors.addAll(extra);
            documents.forEach(d -> collateral.add(d.digest()));
            return Verifier.create(
                new JcaSignatureEngine(), Endorsements.of(new TrustAnchors(extra), documents));
          });

  private ContentDigest keep(byte[] content) {
    ContentDigest digest = ContentDigest.of(content);
    files.put(ContentStore.path(digest), content);
    return digest;
  }

  private RecordBuilder refused(PolicyRef policy) {
    TrustAnchor anchor =
        new TrustAnchor("test", "tpm-ek", Bytes.ofHex("3000"), TrustAnchor.Origin.DEVELOPMENT);
    VerifierInput input =
        new VerifierInput(
            Expectations.at(AT, Policy.genuine()).withKind("tpm-quote"),
            List.of(anchor),
            Bytes.of(EVIDENCE.getBytes(StandardCharsets.UTF_8)),
            Json.Null.NULL);
    return LedgerRecord.builder(AT, Decision.REFUSED, "default/orders")
        .tee("tpm", "unproven")
        .evidence(keep(input.encode()))
        .collateral(List.of(keep(new byte[] {1}), keep(new byte[] {2})))
        .policy(policy);
  }

  private PolicyRef verificationPolicy() {
    return new PolicyRef("genuine", "1", keep(Policy.genuine().toJson().canonical()));
  }

  @Test
  void aRefusalIsRepeatedWithWhatAppliedThen() throws IOException {
    LedgerRecord record = refused(verificationPolicy()).reason(STRUCTURE, "a", "b").build();
    Replayed then = replay.then(record);
    assertThat(then.at()).isEqualTo(AT);
    assertThat(then.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(Replay.agrees(record, then)).isTrue();
    assertThat(anchors).extracting(TrustAnchor::id).containsExactly("test");
    assertThat(collateral).isEqualTo(record.collateral().stream().map(ContentDigest::hex).toList());
  }

  @Test
  void anotherReasonDoesNotAgree() throws IOException {
    LedgerRecord record = refused(verificationPolicy()).reason("tpm.pcr4", "a", "b").build();
    assertThat(Replay.agrees(record, replay.then(record))).isFalse();
  }

  @Test
  void oneReasonMoreDoesNotAgree() throws IOException {
    LedgerRecord record =
        refused(verificationPolicy())
            .reason(STRUCTURE, "a", "b")
            .reason("tpm.pcr4", "a", "b")
            .build();
    assertThat(Replay.agrees(record, replay.then(record))).isFalse();
  }

  @Test
  void whatOnlyTheServerCouldCheckDoesNotCount() throws IOException {
    LedgerRecord record =
        refused(verificationPolicy())
            .reason("session.nonce", "a", "b")
            .reason(STRUCTURE, "a", "b")
            .build();
    assertThat(Replay.agrees(record, replay.then(record))).isTrue();
  }

  @Test
  void aReleaseThatCannotBeRepeatedDoesNotAgree() throws IOException {
    LedgerRecord refusal = refused(verificationPolicy()).reason(STRUCTURE, "a", "b").build();
    LedgerRecord release =
        LedgerRecord.builder(AT, Decision.RELEASED, "default/orders")
            .tee("tpm", "development")
            .evidence(java.util.Objects.requireNonNull(refusal.evidence()))
            .policy(verificationPolicy())
            .references(keep(new byte[] {3}))
            .released(List.of("default/orders-db/password"))
            .build();
    assertThat(Replay.agrees(release, replay.then(refusal))).isFalse();
  }

  @Test
  void aReleasePolicyLeadsToTheVerificationPolicyItNames() throws IOException {
    String digest = verificationPolicy().digest().hex();
    byte[] release = Json.object().put("verification", digest).build().canonical();
    LedgerRecord record =
        refused(new PolicyRef("release", "1", keep(release))).reason(STRUCTURE, "a", "b").build();
    assertThat(replay.then(record).verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void anotherTimeIsTheTimeOfTheVerdict() throws IOException {
    LedgerRecord record = refused(verificationPolicy()).reason(STRUCTURE, "a", "b").build();
    Instant now = AT.plusSeconds(1000);
    assertThat(replay.at(record, now, null).at()).isEqualTo(now);
  }

  @Test
  void contentThatIsGoneIsNamed() {
    LedgerRecord record = refused(verificationPolicy()).reason(STRUCTURE, "a", "b").build();
    for (ContentDigest digest : record.digests()) {
      byte[] content = files.remove(ContentStore.path(digest));
      assertThatThrownBy(() -> replay.then(record))
          .isInstanceOf(MissingContentException.class)
          .hasMessageContaining(digest.hex());
      files.put(ContentStore.path(digest), content);
    }
  }

  @Test
  void aRecordWithoutEvidenceHasNothingToRepeat() {
    LedgerRecord record =
        LedgerRecord.builder(AT, Decision.NO_EVIDENCE, "default/orders")
            .reason("launch.evidence", "a", "b")
            .build();
    assertThatThrownBy(() -> replay.then(record)).isInstanceOf(MissingContentException.class);
  }
}
