// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.gce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferdam.core.attestation.Minted.failed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.cofferdam.core.attestation.DevelopmentEvidence;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Refused;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.json.JsonPointer;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestGce;
import org.cofferdam.quality.foundry.TestTpm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of a Compute Engine vTPM, broken alone. */
class GcpVtpmTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final byte[] NONCE = "a challenge".getBytes(StandardCharsets.US_ASCII);

  private static VerificationResult verify(Hook hook) {
    TestTpm tpm = new TestTpm(NOW.minusSeconds(60), hook);
    tpm.measure(4, 0x5, "Calling EFI Application".getBytes(StandardCharsets.US_ASCII));
    byte[] message = new TestGce(tpm, NOW.minusSeconds(60), hook).attestation(NONCE);
    TrustAnchor anchor =
        new TrustAnchor(
            "foundry", "tpm-ak", Bytes.of(tpm.root().publicKey()), TrustAnchor.Origin.DEVELOPMENT);
    return Verifier.create(
            new JcaSignatureEngine(),
            Endorsements.of(
                new TrustAnchors(List.of(anchor)),
                List.of(Document.of("root", tpm.root().certificate()))))
        .verify(
            Evidence.of(message),
            Expectations.at(NOW, Policy.release())
                .withNonce(Bytes.of(NONCE))
                .withDevelopment(true));
  }

  @Test
  void completeEvidenceNamesTheInstance() {
    VerificationResult result = verify(Hook.none());
    assertThat(failed(result)).isEmpty();
    assertThat(result).isInstanceOf(DevelopmentEvidence.class);
    assertThat(result.report().kind()).isEqualTo("gcp-vtpm");
    assertThat(JsonPointer.find(result.report().claims(), "/gcp/instance-name"))
        .contains(Json.of("one"));
  }

  @ParameterizedTest
  @CsvSource({
    "attest.extra-data, binding.nonce",
    "gce.signature, tpm.quote.signature",
    "gce.pcr.4, tpm.quote.pcr-digest",
    "ak-certificate.signature, tpm.ak.chain",
    "log.event.digest, tpm.eventlog.replay",
    "gce.instance-info, gcp-vtpm.structure",
  })
  void aFlippedField(String field, String rule) {
    VerificationResult result =
        verify(
            field.equals("gce.instance-info")
                ? Hook.change(field, v -> java.util.Arrays.copyOf(v, v.length - 1))
                : Hook.flip(field));
    assertThat(result).isInstanceOf(Refused.class);
    assertThat(failed(result)).contains(rule);
  }

  @Test
  void aHostThatIsNotProduction() {
    byte[] notProduction = {
      (byte) 0xa0, 12, 0x30, 10, (byte) 0xa0, 3, 2, 1, 0, (byte) 0xa1, 3, 1, 1, 0
    };
    assertThat(failed(verify(Hook.replace("gce.security-properties", notProduction))))
        .containsExactly("gcp.production");
    assertThat(failed(verify(Hook.replace("gce.security-properties", new byte[0]))))
        .containsExactly("gcp.production");
  }

  @ParameterizedTest
  @CsvSource({
    // a field beyond those known, a wire type that is not used, a bank twice, an unknown bank
    "gce.message, 520101, gcp-vtpm.structure",
    "gce.message, 0d00000000, gcp-vtpm.structure",
    "gce.bank, 080b080b, gcp-vtpm.structure",
    "gce.bank, 0801, gcp-vtpm.structure",
  })
  void anotherForm(String field, String bytes, String rule) {
    byte[] more = Bytes.ofHex(bytes).toArray();
    VerificationResult result =
        verify(
            field.equals("gce.message")
                ? Hook.change(field, v -> Bytes.concat(Bytes.of(v), Bytes.of(more)).toArray())
                : Hook.replace(field, more));
    assertThat(failed(result)).hasSize(1).first().isIn(rule, "evidence.kind");
  }
}
