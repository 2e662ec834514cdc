// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;

/** Verifies what the foundry made, under its root as the only anchor. */
public final class Minted {
  public static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  public static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

  private Minted() {}

  /**
   * @param root SubjectPublicKeyInfo of the test root
   * @param documents the evidence, and what comes with it
   */
  public static VerificationResult verify(
      byte[] root, Expectations expectations, byte[]... documents) {
    return verify(List.of(root), expectations, documents);
  }

  /** The same under several roots. */
  public static VerificationResult verify(
      List<byte[]> roots, Expectations expectations, byte[]... documents) {
    List<Document> evidence = new ArrayList<>();
    for (byte[] document : documents) {
      evidence.add(Document.of("document-" + evidence.size(), document));
    }
    TrustAnchors anchors = new TrustAnchors(List.of());
    for (byte[] root : roots) {
      anchors =
          anchors.with(
              new TrustAnchor(
                  "foundry", TrustAnchors.ANY_USE, Bytes.of(root), TrustAnchor.Origin.DEVELOPMENT));
    }
    return Verifier.create(new JcaSignatureEngine(), Endorsements.of(anchors, List.of()))
        .verify(new Evidence(evidence), expectations);
  }

  /** Development TEEs are allowed, nothing is known of challenges. */
  public static Expectations expect(Instant at, Policy policy) {
    return Expectations.at(at, policy).withDevelopment(true);
  }

  /** The same now, under the policy {@code genuine}. */
  public static Expectations expect() {
    return expect(NOW, Policy.genuine());
  }

  /** Ids of the checks that refuse, each once. */
  public static List<String> failed(VerificationResult result) {
    return result.report().failedChecks().stream().map(Check::id).distinct().toList();
  }

  /** Bytes 0, 1, 2 …, for challenges. */
  public static byte[] count(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
