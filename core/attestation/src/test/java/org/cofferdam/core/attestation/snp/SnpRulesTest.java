// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.snp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferdam.core.attestation.Minted.FROM;
import static org.cofferdam.core.attestation.Minted.failed;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.cofferdam.core.attestation.DevelopmentEvidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Minted;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Refused;
import org.cofferdam.core.attestation.Undecided;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestAmd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule has a case in which only that rule fails. */
class SnpRulesTest {
  private static final TestAmd.Keys KEYS = TestAmd.Keys.generate();
  private static final TestAmd.Machine GENOA = new TestAmd.Machine("Genoa", 5, false);
  private static final byte[] CHALLENGE = Minted.count(64);

  private static VerificationResult verify(
      TestAmd.Machine machine, Expectations expectations, Hook hook) {
    TestAmd amd = new TestAmd(KEYS, machine, FROM, hook);
    return Minted.verify(
        amd.rootPublicKey(),
        expectations,
        amd.report(CHALLENGE, Minted.count(48)),
        amd.signerCertificate(),
        amd.issuerCertificate(),
        amd.rootCertificate());
  }

  private static final Expectations FRESH = Minted.expect().withNonce(Bytes.of(CHALLENGE));

  private static Expectations inJanuary() {
    return Minted.expect(FROM.plusSeconds(86400), Policy.genuine()).withNonce(Bytes.of(CHALLENGE));
  }

  @ParameterizedTest
  @CsvSource({
    "Milan, 2, false",
    "Milan, 3, true",
    "Genoa, 3, false",
    "Genoa, 5, true",
    "Turin, 5, false",
  })
  void goodEvidenceOfEveryKindOfMachine(String product, int version, boolean provider) {
    VerificationResult result =
        verify(new TestAmd.Machine(product, version, provider), FRESH, Hook.none());
    assertThat(failed(result)).isEmpty();
    assertThat(result).isInstanceOf(DevelopmentEvidence.class);
    assertThat(result.report().insecure()).contains("development:foundry", "snp.crl.supplied");
  }

  @ParameterizedTest
  @CsvSource({
    // field, replacement in hex, the only check that fails
    "report.version, 09000000, snp-report.structure",
    "report.signature-algorithm, 02000000, evidence.kind",
    "report.reserved-4c, 00000001, snp-report.structure",
    "report.current-tcb, 0a00010000001b5a, snp-report.structure",
    "report.key-info, 1c000000, snp.report.signing-key",
    "report.key-info, 08000000, snp.report.signing-key",
    "report.policy, 0000010000000000, snp.policy.reserved-one",
    "report.policy, 00000b0000000000, snp.policy.debug",
    "report.policy, 0000070000000000, snp.policy.migration",
    "report.policy, ff02030000000000, snp.policy.abi",
    "report.vmpl, 01000000, snp.vmpl",
    "report.author-key-digest, " + FORTY_EIGHT + ", snp.author-key",
    "report.key-info, 01000000, snp.author-key",
    "report.committed-tcb, 0a0000000000 1a5a, snp.tcb.order",
    "report.current-tcb, 0a0000000000 1b59, snp.tcb.order",
    "report.launch-tcb, 0b0000000000 1b5a, snp.tcb.order",
    "report.chip-id, " + FORTY_EIGHT + "01010101010101010101010101010101, snp.vek.chip-id",
    "report.cpuid, 190101, snp.product",
    "vek.ext.product, 4d696c616e2d4230, snp.product",
    "vek.ext.boot-loader, 0b, snp.vek.tcb-matches-report",
    "vek.ext.tee, 01, snp.vek.tcb-matches-report",
    "vek.ext.snp, 1a, snp.vek.tcb-matches-report",
    "vek.ext.microcode, 5b, snp.vek.tcb-matches-report",
    "vek.common-name, 5345562d564c454b, snp.vek.kind",
    "ask.common-name, 5345562d564c454b2d47656e6f61, snp.vek.issuer",
    "report.r, " + ZEROS_72 + ", snp.report.signature",
    "report.s, " + ZEROS_72 + ", snp.report.signature",
  })
  void eachRuleAlone(String field, String replacement, String check) {
    VerificationResult result =
        verify(GENOA, FRESH, Hook.replace(field, Hex.decode(replacement.replace(" ", ""))));
    assertThat(result).isInstanceOf(Refused.class);
    assertThat(failed(result)).containsExactly(check);
  }

  static final String FORTY_EIGHT =
      "010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101";
  static final String ZEROS_72 =
      "000000000000000000000000000000000000000000000000000000000000000000000000"
          + "000000000000000000000000000000000000000000000000000000000000000000000000";

  @Test
  void signaturesOfTheChain() {
    for (String field : List.of("vek.signature", "ask.signature")) {
      assertThat(failed(verify(GENOA, FRESH, Hook.flip(field))))
          .as(field)
          .containsExactly("snp.vek.chain");
    }
  }

  @Test
  void aFlippedMeasurementUnderTheOldSignature() {
    TestAmd amd = new TestAmd(KEYS, GENOA, FROM, Hook.none());
    byte[] report = amd.report(CHALLENGE, Minted.count(48));
    report[0x90] ^= 1;
    VerificationResult result =
        Minted.verify(
            amd.rootPublicKey(),
            FRESH,
            report,
            amd.signerCertificate(),
            amd.issuerCertificate(),
            amd.rootCertificate());
    assertThat(failed(result)).containsExactly("snp.report.signature");
  }

  @Test
  void aNumberLongerThanTheCurveIsNotCut() {
    Hook top =
        Hook.change(
            "report.r",
            r -> {
              r[48] = 1;
              return r;
            });
    assertThat(failed(verify(GENOA, FRESH, top))).containsExactly("snp.report.signature");
  }

  @Test
  void expiredCertificates() {
    byte[] past =
        Hex.decode("180f" + Hex.encode("20260101000001Z".getBytes(StandardCharsets.US_ASCII)));
    for (String field : List.of("vek", "ask", "root")) {
      assertThat(failed(verify(GENOA, FRESH, Hook.replace(field + ".not-after", past))))
          .as(field)
          .containsExactly("snp.vek.validity");
    }
  }

  @Test
  void anIssuerThatIsNoAuthority() {
    Hook plain = Hook.replace("ask.extensions", new byte[0]);
    assertThat(failed(verify(GENOA, FRESH, plain))).containsExactly("snp.vek.constraints");
  }

  @Test
  void anotherRootThanThePinnedOne() {
    TestAmd amd = new TestAmd(KEYS, GENOA, FROM, Hook.none());
    byte[] other = TestAmd.Keys.generate().root().getPublic().getEncoded();
    VerificationResult result =
        Minted.verify(
            other, FRESH, amd.report(CHALLENGE, Minted.count(48)), amd.certificateTable());
    assertThat(result).isInstanceOf(Undecided.class);
    assertThat(result.report().checks())
        .anyMatch(c -> c.id().equals("snp.vek.chain") && c.outcome() == Outcome.SKIPPED);
  }

  @Test
  void certificatesFromTheHostsTable() {
    TestAmd amd = new TestAmd(KEYS, GENOA, FROM, Hook.none());
    assertThat(
            Minted.verify(
                amd.rootPublicKey(),
                FRESH,
                amd.report(CHALLENGE, Minted.count(48)),
                amd.certificateTable()))
        .isInstanceOf(DevelopmentEvidence.class);
  }

  @Test
  void withoutTheKeysCertificateNothingIsDecided() {
    TestAmd amd = new TestAmd(KEYS, GENOA, FROM, Hook.none());
    VerificationResult result =
        Minted.verify(amd.rootPublicKey(), FRESH, amd.report(CHALLENGE, Minted.count(48)));
    assertThat(result).isInstanceOf(Undecided.class);
    assertThat(failed(result)).isEmpty();
  }

  @Test
  void aMaskedChipIsUpToThePolicy() {
    Hook masked = Hook.replace("report.chip-id", new byte[64]);
    assertThat(failed(verify(GENOA, FRESH, masked))).containsExactly("snp.chip-id-masked");
  }

  @Test
  void challenges() {
    assertThat(
            failed(
                verify(GENOA, Minted.expect().withNonce(Bytes.of(Minted.count(63))), Hook.none())))
        .containsExactly("binding.nonce");
    assertThat(failed(verify(GENOA, Minted.expect().withNonce(Bytes.EMPTY), Hook.none())))
        .containsExactly("binding.nonce");
    assertThat(
            failed(
                verify(GENOA, Minted.expect().withReportData(Bytes.of(new byte[64])), Hook.none())))
        .containsExactly("binding.report-data");
    assertThat(verify(GENOA, Minted.expect(), Hook.none()).report().insecure())
        .contains("binding.nonce-given");
  }

  @Test
  void aShorterChallengeStandsAtTheStart() {
    TestAmd amd = new TestAmd(KEYS, GENOA, FROM, Hook.none());
    assertThat(
            Minted.verify(
                amd.rootPublicKey(),
                Minted.expect().withNonce(Bytes.of(Minted.count(32))),
                amd.report(Minted.count(32), Minted.count(48)),
                amd.certificateTable()))
        .isInstanceOf(DevelopmentEvidence.class);
  }

  @Test
  void revocation() {
    TestAmd amd = new TestAmd(KEYS, GENOA, FROM, Hook.none());
    byte[] report = amd.report(CHALLENGE, Minted.count(48));
    byte[] root = amd.rootPublicKey();
    VerificationResult clean =
        Minted.verify(
            root,
            inJanuary(),
            report,
            amd.certificateTable(),
            amd.revocationList(List.of(BigInteger.TEN)));
    assertThat(failed(clean)).isEmpty();
    assertThat(clean.report().insecure()).doesNotContain("snp.crl.supplied");
    VerificationResult revoked =
        Minted.verify(
            root,
            inJanuary(),
            report,
            amd.certificateTable(),
            amd.revocationList(List.of(BigInteger.TWO)));
    assertThat(failed(revoked)).containsExactly("snp.crl.not-revoked");
  }

  @Test
  void aRevocationListThatIsOldOrForgedDoesNotCount() {
    for (Hook hook : List.of(Hook.flip("crl.signature"))) {
      TestAmd amd = new TestAmd(KEYS, GENOA, FROM, hook);
      VerificationResult result =
          Minted.verify(
              amd.rootPublicKey(),
              inJanuary(),
              amd.report(CHALLENGE, Minted.count(48)),
              amd.certificateTable(),
              amd.revocationList(List.of(BigInteger.TWO)));
      assertThat(failed(result)).isEmpty();
      assertThat(result.report().insecure()).contains("snp.crl.supplied");
    }
  }

  @Test
  void hardeningIsReportedByGenuineAndRefusedByRelease() {
    Hook soft = Hook.replace("report.platform-info", Hex.decode("0100000000000000"));
    VerificationResult genuine = verify(GENOA, FRESH, soft);
    assertThat(genuine).isInstanceOf(DevelopmentEvidence.class);
    assertThat(genuine.report().insecure())
        .contains(
            "snp.hardening.smt", "snp.hardening.alias-check", "snp.hardening.ciphertext-hiding");
    VerificationResult release =
        verify(
            GENOA,
            Minted.expect(Minted.NOW, Policy.release()).withNonce(Bytes.of(CHALLENGE)),
            Hook.none());
    assertThat(failed(release)).containsExactly("snp.crl.supplied");
    assertThat(
            failed(
                verify(
                    GENOA,
                    Minted.expect(Minted.NOW, Policy.release()).withNonce(Bytes.of(CHALLENGE)),
                    soft)))
        .contains(
            "snp.hardening.smt", "snp.hardening.alias-check", "snp.hardening.ciphertext-hiding");
  }

  @Test
  void developmentRootsAreRefusedUnlessAskedFor() {
    assertThat(failed(verify(GENOA, FRESH.withDevelopment(false), Hook.none())))
        .containsExactly("development.allowed");
  }

  /** AMD-SB-3019 names 23 for Genoa from February 2025 on. */
  @Test
  void versionsBelowABulletinsFloor() {
    Hook old =
        (name, value) -> {
          byte[] changed = value.clone();
          if (name.equals("vek.ext.snp")) {
            changed[0] = 22;
          } else if (name.startsWith("report.") && name.endsWith("-tcb")) {
            changed[6] = 22;
          }
          return changed;
        };
    assertThat(verify(GENOA, FRESH, old).report().insecure()).contains("snp.tcb.floor");
    assertThat(verify(GENOA, FRESH, Hook.none()).report().insecure())
        .doesNotContain("snp.tcb.floor");
    assertThat(
            failed(
                verify(
                    GENOA,
                    Minted.expect(Minted.NOW, Policy.release()).withNonce(Bytes.of(CHALLENGE)),
                    old)))
        .containsExactlyInAnyOrder("snp.crl.supplied", "snp.tcb.floor");
  }

  @Test
  void aGenerationIsHeldToBeForgeableFromTheDayItWasKnown() {
    TestAmd.Machine milan = new TestAmd.Machine("Milan", 3, false);
    Expectations before =
        Minted.expect(Instant.parse("2026-05-13T00:00:00Z"), Policy.genuine())
            .withNonce(Bytes.of(CHALLENGE));
    Expectations after =
        Minted.expect(Instant.parse("2026-06-01T00:00:00Z"), Policy.genuine())
            .withNonce(Bytes.of(CHALLENGE));
    assertThat(verify(milan, before, Hook.none()).report().insecure())
        .doesNotContain("snp.generation");
    assertThat(verify(milan, after, Hook.none()).report().insecure()).contains("snp.generation");
    assertThat(verify(GENOA, after, Hook.none()).report().insecure())
        .doesNotContain("snp.generation");
  }

  @Test
  void theAnswerOfTheGuestsFirmwareCall() {
    TestAmd amd = new TestAmd(KEYS, GENOA, FROM, Hook.none());
    byte[] answer = new byte[4000];
    answer[4] = (byte) 0xa0;
    answer[5] = 4;
    System.arraycopy(amd.report(CHALLENGE, Minted.count(48)), 0, answer, 0x20, 1184);
    assertThat(Minted.verify(amd.rootPublicKey(), FRESH, answer, amd.certificateTable()))
        .isInstanceOf(DevelopmentEvidence.class);
    answer[3999] = 1;
    assertThat(failed(Minted.verify(amd.rootPublicKey(), FRESH, answer, amd.certificateTable())))
        .containsExactly("snp-report.structure");
  }
}
