// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.CredentialChallenge;
import org.cofferdam.core.attestation.DevelopmentEvidence;
import org.cofferdam.core.attestation.Document;
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
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.JsonPointer;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.tpm.TpmPublic;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestTpm;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule for quotes of a TPM, each broken alone. */
class TpmVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final byte[] NONCE =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SECRET = new byte[32];
  private static final String INIT_DATA = "11".repeat(32);

  static {
    SECRET[3] = 9;
  }

  /** A boot, and what an agent records about a pod of two containers. */
  private static TestTpm boot(Hook hook) {
    TestTpm tpm = new TestTpm(NOW.minusSeconds(60), hook);
    tpm.measure(4, 0x5, "Calling EFI Application".getBytes(StandardCharsets.US_ASCII));
    tpm.extend(
        8,
        6,
        Bytes.ofHex(INIT_DATA).toArray(),
        entry("init-data", "{\"digest\":\"sha256:" + INIT_DATA + "\"}"));
    tpm.measure(13, 6, entry("image", "{\"config\":\"c\",\"layers\":[\"l\"],\"manifest\":\"m\"}"));
    tpm.measure(13, 6, entry("container", "{\"args\":[\"a\"],\"image\":\"m\",\"name\":\"one\"}"));
    tpm.measure(13, 6, entry("container", "{\"args\":[\"b\"],\"image\":\"m\",\"name\":\"two\"}"));
    tpm.measure(13, 6, entry("ready", "{}"));
    return tpm;
  }

  private static byte[] entry(String operation, String content) {
    return TestTpm.entry("cofferdam.org/pod", operation, content);
  }

  private static VerificationResult verify(TestTpm tpm, byte[] credential, Expectations expected) {
    TrustAnchor anchor =
        new TrustAnchor(
            "foundry", "tpm-ek", Bytes.of(tpm.root().publicKey()), TrustAnchor.Origin.DEVELOPMENT);
    return Verifier.create(
            new JcaSignatureEngine(),
            Endorsements.of(
                new TrustAnchors(List.of(anchor)),
                List.of(Document.of("root", tpm.root().certificate()))))
        .verify(Evidence.of(tpm.evidence(NONCE, credential)), expected);
  }

  private static Expectations expected() {
    return Expectations.at(NOW, Policy.release())
        .withNonce(Bytes.of(NONCE))
        .withDevelopment(true)
        .withActivationDigest(Bytes.of(SECRET).sha256());
  }

  private static VerificationResult verify(Hook hook) {
    return verify(boot(hook), SECRET, expected());
  }

  @Test
  void completeEvidenceHoldsUnderTheStrictPolicyAndTellsThePod() {
    VerificationResult result = verify(Hook.none());
    assertThat(result.report().failedChecks()).isEmpty();
    assertThat(result).isInstanceOf(DevelopmentEvidence.class);
    assertThat(claim(result, "/pod/init-data")).isEqualTo("\"" + INIT_DATA + "\"");
    assertThat(claim(result, "/pod/order")).isEqualTo("[\"one\",\"two\"]");
    assertThat(claim(result, "/pod/images/m/layers")).isEqualTo("[\"l\"]");
    assertThat(claim(result, "/pod/containers/two/args")).isEqualTo("[\"b\"]");
    assertThat(claim(result, "/pod/complete")).isEqualTo("true");
    assertThat(claim(result, "/tpm/pcrs/sha256/15")).isEqualTo("\"" + "00".repeat(32) + "\"");
  }

  private static String claim(VerificationResult result, String pointer) {
    return JsonPointer.find(result.report().claims(), pointer).orElseThrow().write();
  }

  @TestFactory
  Stream<DynamicTest> oneBrokenFieldFailsOneRule() {
    return Stream.of(
            rule("tpm-quote.structure", Hook.flip("attest.magic")),
            rule(
                "tpm-quote.structure", Hook.replace("attest.type", new byte[] {(byte) 0x80, 0x17})),
            rule("tpm-quote.structure", Hook.replace("attest.safe", new byte[] {2})),
            rule("binding.nonce", Hook.flip("attest.extra-data")),
            rule("tpm.quote.pcr-digest", Hook.flip("attest.pcr-digest")),
            rule("tpm.quote.pcr-digest", Hook.flip("pcrs.4")),
            rule("tpm.quote.pcr-digest", Hook.replace("pcrs.4", new byte[0])),
            rule("tpm.quote.signature", Hook.flip("signature.r")),
            rule("tpm.quote.signature", Hook.flip("evidence.message")),
            rule("tpm-quote.structure", Hook.replace("signature.hash", new byte[] {0, 4})),
            rule("tpm.ak.attributes", Hook.change("ak.attributes", TpmVerifierTest::unrestricted)),
            rule("tpm.ak.key", Hook.flip("ak.x")),
            rule("tpm.eventlog.replay", Hook.flip("log.event.digest")),
            rule("tpm-quote.structure", Hook.change("evidence.eventlog", v -> cut(v))),
            rule("tpm.ak.activated", Hook.flip("evidence.credential")),
            rule("tpm.ek.chain", Hook.flip("ek.signature")),
            rule("tpm.ek.validity", Hook.replace("ek.not-after", time("20260101000000Z"))))
        .map(
            r ->
                DynamicTest.dynamicTest(
                    r.id(),
                    () -> {
                      VerificationResult result = verify(r.hook());
                      assertThat(result).isInstanceOf(Refused.class);
                      assertThat(result.report().failedChecks())
                          .extracting(Check::id)
                          .first()
                          .isEqualTo(r.id());
                      assertThat(
                              result.report().failedChecks().stream()
                                  .map(Check::id)
                                  .filter(id -> !id.equals("tpm.ak.endorsed")))
                          .containsExactly(r.id());
                    }));
  }

  private static byte[] unrestricted(byte[] attributes) {
    attributes[1] &= (byte) ~1;
    return attributes;
  }

  private static byte[] cut(byte[] value) {
    return java.util.Arrays.copyOf(value, value.length - 5);
  }

  private static byte[] time(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    byte[] tlv = new byte[ascii.length + 2];
    tlv[0] = 0x18;
    tlv[1] = (byte) ascii.length;
    System.arraycopy(ascii, 0, tlv, 2, ascii.length);
    return tlv;
  }

  private record Broken(String id, Hook hook) {}

  private static Broken rule(String id, Hook hook) {
    return new Broken(id, hook);
  }

  @Test
  void certificateOfSomethingElseThanAnEndorsementKeyIsRefused() {
    VerificationResult result =
        verify(Hook.change("ek.extensions", v -> java.util.Arrays.copyOf(v, 16)));
    assertThat(result.report().failedChecks()).extracting(Check::id).contains("tpm.ek.usage");
  }

  @Test
  void podEventAfterTheClosingOneIsRefused() {
    TestTpm tpm = boot(Hook.none());
    tpm.measure(13, 6, entry("container", "{\"name\":\"three\"}"));
    refusedBy(tpm, "tpm.pod-log");
  }

  @Test
  void foreignEntryInThePodRegisterIsRefused() {
    TestTpm tpm = boot(Hook.none());
    tpm.measure(13, 6, TestTpm.entry("example.org", "x", "y"));
    refusedBy(tpm, "tpm.pod-log");
  }

  @Test
  void podEntryThatItsDigestDoesNotCoverIsRefused() {
    TestTpm tpm = new TestTpm(NOW.minusSeconds(60), Hook.none());
    tpm.extend(
        8,
        6,
        Bytes.ofHex(INIT_DATA).toArray(),
        entry("init-data", "{\"digest\":\"sha256:" + INIT_DATA + "\"}"));
    tpm.extend(13, 6, new byte[32], entry("ready", "{}"));
    refusedBy(tpm, "tpm.pod-log");
  }

  @Test
  void initDataEntryThatNamesAnotherDigestIsRefused() {
    TestTpm tpm = new TestTpm(NOW.minusSeconds(60), Hook.none());
    tpm.extend(8, 6, new byte[32], entry("init-data", "{\"digest\":\"sha256:" + INIT_DATA + "\"}"));
    refusedBy(tpm, "tpm.pod-log");
  }

  private static void refusedBy(TestTpm tpm, String id) {
    assertThat(verify(tpm, SECRET, expected()).report().failedChecks())
        .extracting(Check::id)
        .containsExactly(id);
  }

  @Test
  void withoutActivationTheKeyIsNotEndorsedAndNeverGenuine() {
    Expectations none =
        Expectations.at(NOW, Policy.release()).withNonce(Bytes.of(NONCE)).withDevelopment(true);
    VerificationResult strict = verify(boot(Hook.none()), SECRET, none);
    assertThat(strict.report().failedChecks())
        .extracting(Check::id)
        .containsExactly("tpm.ak.endorsed");
    Expectations lax = Expectations.at(NOW, Policy.genuine()).withNonce(Bytes.of(NONCE));
    VerificationResult reported = verify(boot(Hook.none()), SECRET, lax);
    assertThat(reported).isNotInstanceOf(GenuineEvidence.class);
    assertThat(reported.report().insecure())
        .contains("tpm.ak.endorsed", "unendorsed:tpm-ak-of-the-evidence");
  }

  @Test
  void developmentTpmIsRefusedUnlessAskedFor() {
    assertThat(verify(boot(Hook.none()), SECRET, expected().withDevelopment(false)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void missingChallengeIsRefusedByRelease() {
    assertThat(
            verify(boot(Hook.none()), SECRET, expected().withNonce(null)).report().failedChecks())
        .extracting(Check::id)
        .containsExactly("binding.nonce-given");
  }

  @Test
  void credentialOpensOnlyForTheKeyItWasMadeFor() throws GeneralSecurityException {
    TestTpm tpm = boot(Hook.none());
    TestTpm other = boot(Hook.none());
    CredentialChallenge challenge =
        CredentialChallenge.make(
            Certificate.parse(Bytes.of(tpm.endorsementCertificate())),
            TpmPublic.parse(Bytes.of(tpm.attestationPublicArea())),
            SecretBytes.copyOf(SECRET),
            new SecureRandom());
    assertThat(
            tpm.activate(
                challenge.credentialBlob().toArray(), challenge.encryptedSecret().toArray()))
        .isEqualTo(SECRET);
    CredentialChallenge crossed =
        CredentialChallenge.make(
            Certificate.parse(Bytes.of(tpm.endorsementCertificate())),
            TpmPublic.parse(Bytes.of(other.attestationPublicArea())),
            SecretBytes.copyOf(SECRET),
            new SecureRandom());
    assertThatThrownBy(
            () ->
                tpm.activate(
                    crossed.credentialBlob().toArray(), crossed.encryptedSecret().toArray()))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessage("TPM_RC_INTEGRITY");
  }

  @Test
  void evidenceWithoutItsKeyIsUndecidedOrRefused() {
    TestTpm tpm = boot(Hook.none());
    String json = new String(tpm.evidence(NONCE, SECRET), StandardCharsets.UTF_8);
    String without =
        json.replaceAll("\"ak_public\":\"[^\"]*\"", "\"ak_public\":null")
            .replaceAll("\"ak_public_area\":\"[^\"]*\",", "");
    VerificationResult result =
        Verifier.create(
                new JcaSignatureEngine(), Endorsements.of(new TrustAnchors(List.of()), List.of()))
            .verify(Evidence.of(without.getBytes(StandardCharsets.UTF_8)), expected());
    assertThat(result).isInstanceOf(Undecided.class);
  }
}
