// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Appraiser;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verified;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestTpm;

/** Appraisals as the verifier makes them, of evidence of the foundry. */
final class Appraisals {
  static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  static final String WORKLOAD = "default/orders";

  private static final byte[] CHALLENGE =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final String INIT_DATA = "11".repeat(32);

  private Appraisals() {}

  /**
   * @param origin decides whether the TEE counts as a real one
   * @param policy that the evidence is verified under
   * @param expectedArgs of the container that really runs {@code serve}
   */
  static Appraisal of(TrustAnchor.Origin origin, Policy policy, String expectedArgs) {
    TestTpm tpm = new TestTpm(NOW.minusSeconds(60), Hook.none());
    tpm.extend(
        8,
        6,
        Bytes.ofHex(INIT_DATA).toArray(),
        entry("init-data", "{\"digest\":\"sha256:" + INIT_DATA + "\"}"));
    tpm.measure(13, 6, entry("image", "{\"config\":\"c\",\"layers\":[\"l\"],\"manifest\":\"m\"}"));
    tpm.measure(
        13, 6, entry("container", "{\"args\":[\"serve\"],\"image\":\"m\",\"name\":\"main\"}"));
    tpm.measure(13, 6, entry("ready", "{}"));
    TrustAnchor anchor =
        new TrustAnchor("foundry", "tpm-ek", Bytes.of(tpm.root().publicKey()), origin);
    byte[] credential = new byte[32];
    Verified verified =
        (Verified)
            Verifier.create(
                    new JcaSignatureEngine(),
                    Endorsements.of(new TrustAnchors(List.of(anchor)), List.of()))
                .verify(
                    Evidence.of(tpm.evidence(CHALLENGE, credential)),
                    Expectations.at(NOW, policy)
                        .withNonce(Bytes.of(CHALLENGE))
                        .withDevelopment(true)
                        .withActivationDigest(Bytes.of(credential).sha256()));
    return new Appraiser(false).appraise(verified, references(expectedArgs), NOW);
  }

  static ReferenceSet references(String expectedArgs) {
    return new ReferenceSet(
        WORKLOAD,
        List.of(
            ReferenceValue.predicted(
                "pod.init-data", "/pod/init-data", Json.of(INIT_DATA), "init-data"),
            ReferenceValue.predicted(
                "pod.main.image", "/pod/containers/main/image", Json.of("m"), "image"),
            ReferenceValue.predicted(
                "pod.main.args",
                "/pod/containers/main/args",
                Json.strings(List.of(expectedArgs)),
                "command")));
  }

  private static byte[] entry(String operation, String content) {
    return TestTpm.entry("cofferdam.org/pod", operation, content);
  }
}
