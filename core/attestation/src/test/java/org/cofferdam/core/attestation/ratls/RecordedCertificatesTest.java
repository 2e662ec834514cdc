// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.ratls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.cofferdam.core.attestation.BuiltInAnchors;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Report;
import org.cofferdam.core.attestation.Verdict;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of three makers: all bindings hold, and all enclaves are debug enclaves. */
class RecordedCertificatesTest {

  private static Report verify(byte[] certificate) {
    return Verifier.create(
            new JcaSignatureEngine(), Endorsements.of(BuiltInAnchors.load(), List.of()))
        .verify(
            Evidence.of(certificate),
            Expectations.at(Instant.parse("2024-06-01T00:00:00Z"), Policy.genuine()))
        .report();
  }

  private static Outcome outcome(Report report, String id) {
    return report.checks().stream()
        .filter(c -> c.id().equals(id))
        .map(Check::outcome)
        .findFirst()
        .orElse(Outcome.SKIPPED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gramine", "intel-sgxsdk", "rats-tls"})
  void bindingsHold(String maker) throws IOException {
    Path file =
        Path.of(
            System.getProperty("cofferdam.shared", ""), "vectors", "ratls", maker + "-cert.pem");
    assumeTrue(Files.exists(file), "no recorded certificates here");
    Report report = verify(Files.readAllBytes(file));
    assertThat(report.kind()).isEqualTo("ra-tls-certificate");
    assertThat(outcome(report, "ratls.self-signature")).isEqualTo(Outcome.PASSED);
    assertThat(outcome(report, "ratls.key-hash")).isEqualTo(Outcome.PASSED);
    assertThat(outcome(report, "binding.report-data")).isEqualTo(Outcome.PASSED);
    assertThat(report.verdict()).isNotEqualTo(Verdict.ACCEPTED);
    assertThat(outcome(report, "sgx.policy.debug")).isEqualTo(Outcome.FAILED);
    assertThat(report.insecure()).contains("ratls.fresh");
  }
}
