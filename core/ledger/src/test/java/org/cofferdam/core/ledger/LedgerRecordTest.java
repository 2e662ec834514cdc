// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;

class LedgerRecordTest {
  private static final ContentDigest DIGEST = ContentDigest.of(new byte[] {1});
  private static final Instant TIME = Instant.parse("2026-11-24T10:00:00.5Z");

  static RecordBuilder released() {
    return LedgerRecord.builder(TIME, Decision.RELEASED, "default/orders")
        .tee("tpm", "development")
        .evidence(DIGEST)
        .policy(new PolicyRef("release", "1", DIGEST))
        .references(DIGEST)
        .collateral(List.of(DIGEST))
        .released(List.of("default/orders-db/password"))
        .insecure(List.of("development-tee"))
        .correlation("c-1");
  }

  @Test
  void aRecordComesBackFromItsBytes() {
    LedgerRecord record = released().build();
    assertThat(LedgerRecord.decode(record.encode())).isEqualTo(record);
  }

  @Test
  void theFormIsTheDocumentedOne() {
    String hex = DIGEST.toString();
    assertThat(new String(released().build().encode(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"actor\":null,\"collateral\":[\""
                + hex
                + "\"],\"correlation\":\"c-1\",\"decision\":\"released\",\"evidence\":\""
                + hex
                + "\",\"grade\":\"development\",\"insecure\":[\"development-tee\"],"
                + "\"policy\":{\"digest\":\""
                + hex
                + "\",\"name\":\"release\",\"version\":\"1\"},\"reasons\":[],\"references\":\""
                + hex
                + "\",\"released\":[\"default/orders-db/password\"],\"tee\":\"tpm\","
                + "\"time\":\"2026-11-24T10:00:00.500Z\",\"version\":1,"
                + "\"workload\":\"default/orders\"}");
  }

  @Test
  void otherFormsOfTheSameRecordAreRefused() {
    String text = new String(released().build().encode(), StandardCharsets.UTF_8);
    for (String other :
        List.of(
            text.replace("\"version\":1", "\"version\":2"),
            text.replace("{\"actor\"", "{ \"actor\""),
            text.replace("\"actor\":null,", ""),
            text.replace("\"actor\":null", "\"actor\":null,\"b\":1"),
            text.replace("\"released\",", "\"granted\","),
            text.replace("sha256:", "sha384:"),
            text.replace("10:00:00.500Z", "10:00:00.5Z"),
            text.replace("10:00:00.500Z", "ten"))) {
      assertThat(other).isNotEqualTo(text);
      assertThatThrownBy(() -> LedgerRecord.decode(other.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(MalformedEvidenceException.class);
    }
  }

  @Test
  void aReleaseNamesWhatItHandedOut() {
    assertThatThrownBy(
            () ->
                LedgerRecord.builder(TIME, Decision.RELEASED, "default/orders")
                    .tee("tpm", "development")
                    .evidence(DIGEST)
                    .policy(new PolicyRef("release", "1", DIGEST))
                    .references(DIGEST)
                    .build())
        .hasMessageContaining("released");
  }

  @Test
  void aReleaseNeedsEvidence() {
    assertThatThrownBy(
            () ->
                LedgerRecord.builder(TIME, Decision.RELEASED, "default/orders")
                    .tee("tpm", "development")
                    .policy(new PolicyRef("release", "1", DIGEST))
                    .references(DIGEST)
                    .released(List.of("a/b/c"))
                    .build())
        .hasMessageContaining("evidence");
  }

  @Test
  void aRefusalSaysWhy() {
    assertThatThrownBy(() -> LedgerRecord.builder(TIME, Decision.REFUSED, "default/orders").build())
        .hasMessageContaining("reasons");
  }

  @Test
  void aChangeNamesItsActor() {
    assertThatThrownBy(() -> LedgerRecord.builder(TIME, Decision.CHANGED, "default/orders").build())
        .hasMessageContaining("actor");
  }

  @Test
  void aRefusalFitsItsEntryHoweverMuchFailed() {
    RecordBuilder builder = LedgerRecord.builder(TIME, Decision.REFUSED, "default/orders");
    for (int i = 0; i < 1000; i++) {
      builder.reason("pod.orders.args", "\u0001€\ud83d\ude00".repeat(5000), "x".repeat(100_000));
    }
    LedgerRecord record = builder.build();
    assertThat(record.reasons()).hasSize(41);
    assertThat(record.reasons().getLast().found()).isEqualTo("960 more checks failed");
    assertThat(LedgerRecord.decode(record.encode())).isEqualTo(record);
  }
}
