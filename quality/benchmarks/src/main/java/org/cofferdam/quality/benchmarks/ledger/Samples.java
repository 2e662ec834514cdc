// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.PolicyRef;

/** Records of the usual size, each with evidence of its own as a TPM sends it. */
final class Samples {
  /** A quote with the event log of a direct boot. */
  private static final int EVIDENCE_BYTES = 12_000;

  private static final byte[] POLICY = "policy".getBytes(StandardCharsets.UTF_8);
  private static final byte[] REFERENCES = "references".getBytes(StandardCharsets.UTF_8);

  private Samples() {}

  static LedgerRecord record(long number, ContentDigest evidence) {
    return LedgerRecord.builder(
            Instant.ofEpochSecond(1_800_000_000L + number), Decision.RELEASED, "default/orders")
        .tee("tpm", "development")
        .evidence(evidence)
        .policy(new PolicyRef("release", "1", ContentDigest.of(POLICY)))
        .references(ContentDigest.of(REFERENCES))
        .released(List.of("default/orders-db/password"))
        .insecure(List.of("development:swtpm"))
        .correlation(String.format("%016x", number))
        .build();
  }

  static List<byte[]> content(byte[] evidence) {
    return List.of(evidence, POLICY, REFERENCES);
  }

  static byte[] evidence(long number) {
    byte[] evidence = new byte[EVIDENCE_BYTES];
    new java.util.SplittableRandom(number).nextBytes(evidence);
    return evidence;
  }
}
