// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferdam.core.attestation.Minted.FROM;
import static org.cofferdam.core.attestation.Minted.failed;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cofferdam.core.attestation.BuiltInAnchors;
import org.cofferdam.core.attestation.DevelopmentEvidence;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.GenuineEvidence;
import org.cofferdam.core.attestation.Minted;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Refused;
import org.cofferdam.core.attestation.Undecided;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestAmd;
import org.cofferdam.quality.foundry.TestConfidentialSpace;
import org.cofferdam.quality.foundry.TestUvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of others about a machine: Microsoft's endorsement, Google's token. */
class EndorsementRulesTest {
  private static final TestAmd.Keys KEYS = TestAmd.Keys.generate();
  private static final byte[] MEASUREMENT = Minted.count(48);
  private static final byte[] NONCE = Minted.count(32);
  private static final Instant SOON = FROM.plusSeconds(3600);

  private static Expectations expect(TestUvm uvm) {
    return Minted.expect(SOON, Policy.genuine())
        .withNonce(Bytes.of(NONCE))
        .withIssuer(uvm.issuer())
        .withFeed("FoundryPlat");
  }

  private static VerificationResult uvm(Hook hook) {
    TestUvm uvm = new TestUvm(KEYS, FROM, hook);
    TestAmd amd = amd();
    return Minted.verify(
        amd.rootPublicKey(),
        expect(uvm),
        uvm.endorsement(MEASUREMENT),
        amd.report(NONCE, MEASUREMENT),
        amd.certificateTable());
  }

  private static TestAmd amd() {
    return new TestAmd(KEYS, new TestAmd.Machine("Genoa", 5, false), FROM, Hook.none());
  }

  @Test
  void anEndorsedMeasurement() {
    VerificationResult result = uvm(Hook.none());
    assertThat(failed(result)).isEmpty();
    assertThat(result).isInstanceOf(DevelopmentEvidence.class);
    assertThat(result.report().checks())
        .anyMatch(c -> c.id().equals("aci.endorsement"))
        .anyMatch(c -> c.id().equals("aci.measurement"))
        .anyMatch(c -> c.id().equals("aci.feed"));
  }

  @ParameterizedTest
  @CsvSource({
    "uvm.signature, aci.endorsement",
    "uvm.leaf-hash, aci.endorsement",
    "leaf.signature, aci.endorsement",
    "root.signature, aci.endorsement",
    "uvm.feed, aci.feed",
  })
  void eachRuleAlone(String field, String check) {
    assertThat(failed(uvm(Hook.flip(field)))).containsExactly(check);
  }

  @Test
  void leafWithoutTheUsageOrSignedOutsideOfItsTime() {
    assertThat(failed(uvm(Hook.replace("leaf.extensions", new byte[0]))))
        .containsExactly("aci.endorsement");
    byte[] before = Hex.decode("c11a60000000");
    assertThat(failed(uvm(Hook.replace("uvm.signing-time", before))))
        .containsExactly("aci.endorsement");
    assertThat(failed(uvm(Hook.replace("uvm.signing-time", Hex.decode("1a60000000")))))
        .containsExactly("snp-report.structure");
  }

  @Test
  void anotherMeasurementOrIssuer() {
    TestUvm uvm = new TestUvm(KEYS, FROM, Hook.none());
    TestAmd amd = amd();
    assertThat(
            failed(
                Minted.verify(
                    amd.rootPublicKey(),
                    expect(uvm),
                    uvm.endorsement(new byte[48]),
                    amd.report(NONCE, MEASUREMENT),
                    amd.certificateTable())))
        .containsExactly("aci.measurement");
    assertThat(
            failed(
                Minted.verify(
                    amd.rootPublicKey(),
                    expect(uvm).withIssuer("did:x509:0:sha256:other"),
                    uvm.endorsement(MEASUREMENT),
                    amd.report(NONCE, MEASUREMENT),
                    amd.certificateTable())))
        .containsExactly("aci.issuer");
  }

  @Test
  void anEndorsementAloneProvesNoMachine() {
    TestUvm uvm = new TestUvm(KEYS, FROM, Hook.none());
    VerificationResult result =
        Minted.verify(amd().rootPublicKey(), expect(uvm), uvm.endorsement(MEASUREMENT));
    assertThat(result).isInstanceOf(Undecided.class);
    assertThat(failed(result)).isEmpty();
  }

  /** A real container group: report, host certificates, policy and endorsement, in any order. */
  @Test
  void recordedContainerGroup() throws IOException {
    Path folder =
        Path.of(System.getProperty("cofferdam.shared", ""), "vectors", "cluster", "azure-aci-skr");
    assumeTrue(Files.isDirectory(folder), "no recorded container group here");
    List<Document> documents = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        documents.add(Document.of(file.getFileName().toString(), Files.readAllBytes(file)));
      }
    }
    Verifier verifier =
        Verifier.create(
            new JcaSignatureEngine(), Endorsements.of(BuiltInAnchors.load(), List.of()));
    Expectations then = Expectations.at(Instant.parse("2023-06-01T00:00:00Z"), Policy.genuine());
    assertThat(verifier.verify(new Evidence(documents), then)).isInstanceOf(GenuineEvidence.class);
    assertThat(verifier.verify(new Evidence(documents.reversed()), then))
        .isInstanceOf(GenuineEvidence.class);
    documents.replaceAll(
        d ->
            d.name().endsWith(".base64")
                ? Document.of(d.name(), "cGFja2FnZSBwb2xpY3kK".getBytes(StandardCharsets.US_ASCII))
                : d);
    VerificationResult other = verifier.verify(new Evidence(documents), then);
    assertThat(other).isInstanceOf(Refused.class);
    assertThat(failed(other)).containsExactly("aci.host-data");
  }

  private static VerificationResult space(Hook hook, UnaryOperator<Expectations> more) {
    TestConfidentialSpace space = new TestConfidentialSpace(KEYS, FROM, hook);
    return Minted.verify(
        space.rootPublicKey(),
        more.apply(
            Minted.expect(SOON.plusSeconds(60), Policy.genuine())
                .withNonce(Bytes.of(NONCE))
                .withAudience("cofferdam")),
        space.token(SOON, "cofferdam", NONCE));
  }

  @Test
  void confidentialSpaceGood() {
    assertThat(space(Hook.none(), e -> e)).isInstanceOf(DevelopmentEvidence.class);
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIDENTIAL_SPACE, HARDENED_SHIELDED, gcs.swname",
    "disabled-since-boot, enabled, gcs.dbgstat",
    "https://confidentialcomputing.googleapis.com, https://example.org, gcs.issuer",
    "\"aud\":\"cofferdam\", \"aud\":\"another\", gcs.audience",
    "000102, 000103, binding.nonce",
    "\"nbf\", \"not\", gcp-confidential-space.structure",
  })
  void confidentialSpaceClaims(String old, String replacement, String check) {
    Hook hook =
        Hook.change(
            "token.claims",
            json ->
                new String(json, StandardCharsets.UTF_8)
                    .replace(old, replacement)
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(failed(space(hook, e -> e))).containsExactly(check);
  }

  @Test
  void confidentialSpaceSignaturesAndTime() {
    assertThat(failed(space(Hook.flip("token.signature"), e -> e)))
        .containsExactly("gcs.signature");
    assertThat(failed(space(Hook.flip("leaf.signature"), e -> e))).containsExactly("gcs.chain");
    Hook none =
        Hook.change(
            "token.header",
            json ->
                new String(json, StandardCharsets.UTF_8)
                    .replace("RS256", "none")
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(failed(space(none, e -> e))).containsExactly("gcp-confidential-space.structure");
    TestConfidentialSpace space = new TestConfidentialSpace(KEYS, FROM, Hook.none());
    for (long seconds : new long[] {-1, 3600}) {
      assertThat(
              failed(
                  Minted.verify(
                      space.rootPublicKey(),
                      Minted.expect(SOON.plusSeconds(seconds), Policy.genuine())
                          .withNonce(Bytes.of(NONCE))
                          .withAudience("cofferdam"),
                      space.token(SOON, "cofferdam", NONCE))))
          .containsExactly("gcs.lifetime");
    }
    assertThat(space(Hook.none(), e -> e.withAudience(null)).report().insecure())
        .contains("gcs.audience-given");
  }
}
