// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SignatureEngines;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.quality.foundry.EnclaveIdentityOf;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestAmd;
import org.cofferdam.quality.foundry.TestEar;
import org.cofferdam.quality.foundry.TestGce;
import org.cofferdam.quality.foundry.TestIntel;
import org.cofferdam.quality.foundry.TestTpm;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every byte of minted evidence changed in turn: never accepted with another meaning. */
@Tag("long")
class MintedFlipTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final byte[] NONCE = {1, 2, 3, 4};

  private record Piece(String kind, byte[] root, byte[] evidence, List<byte[]> beside) {}

  @TestFactory
  Stream<DynamicTest> everyByte() {
    return pieces().stream().map(p -> DynamicTest.dynamicTest(p.kind(), () -> flip(p)));
  }

  private static List<Piece> pieces() {
    TestIntel intel = new TestIntel(NOW, Hook.none());
    byte[] sgx =
        intel.sgxQuote(
            new EnclaveIdentityOf(
                new byte[32], new byte[32], 1, 1, EnclaveIdentityOf.PRODUCTION, new byte[64]));
    byte[] tdx =
        intel.tdxQuote(
            new byte[48],
            List.of(new byte[48], new byte[48], new byte[48], new byte[48]),
            new byte[64]);
    TestAmd amd =
        new TestAmd(
            TestAmd.Keys.generate(),
            new TestAmd.Machine("Turin", 5, false),
            NOW.minusSeconds(86400),
            Hook.none());
    TestTpm tpm = new TestTpm(NOW.minusSeconds(60), Hook.none());
    tpm.measure(4, 0x5, "Calling EFI Application".getBytes(StandardCharsets.US_ASCII));
    TestEar ear = new TestEar(Hook.none());
    byte[] tpmRoot = tpm.root().publicKey();
    return List.of(
        new Piece("sgx-quote", intel.root().publicKey(), sgx, List.of(intel.collateral(false))),
        new Piece("tdx-quote", intel.root().publicKey(), tdx, List.of(intel.collateral(true))),
        new Piece(
            "snp-report",
            amd.rootPublicKey(),
            amd.report(new byte[64], new byte[48]),
            List.of(amd.signerCertificate(), amd.issuerCertificate(), amd.rootCertificate())),
        new Piece(
            "tpm-quote",
            tpmRoot,
            tpm.evidence(NONCE, new byte[0]),
            List.of(tpm.root().certificate())),
        new Piece(
            "gcp-vtpm",
            tpmRoot,
            new TestGce(tpm, NOW.minusSeconds(60), Hook.none()).attestation(NONCE),
            List.of(tpm.root().certificate())),
        new Piece("ear", ear.publicKey(), ear.token(NOW, NONCE), List.of()));
  }

  private static void flip(Piece piece) {
    List<Document> beside = new ArrayList<>();
    piece.beside().forEach(b -> beside.add(Document.of("beside-" + beside.size(), b)));
    TrustAnchors anchors =
        new TrustAnchors(
            List.of(
                new TrustAnchor(
                    "foundry",
                    TrustAnchors.ANY_USE,
                    Bytes.of(piece.root()),
                    TrustAnchor.Origin.DEVELOPMENT)));
    Verifier verifier =
        Verifier.create(SignatureEngines.fastest(), Endorsements.of(anchors, beside));
    Expectations expectations =
        Expectations.at(NOW.plusSeconds(1), Policy.genuine()).withDevelopment(true);
    Report genuine = verifier.verify(Evidence.of(piece.evidence()), expectations).report();
    assertThat(genuine.verdict()).as("%s", genuine.failedChecks()).isEqualTo(Verdict.ACCEPTED);
    assertThat(genuine.kind()).isEqualTo(piece.kind());
    Map<String, Json> known = claims(genuine);
    int accepted = 0;
    for (int at = 0; at < piece.evidence().length; at++) {
      byte[] bad = piece.evidence().clone();
      bad[at] ^= (byte) (1 << (at % 8));
      Report report = verifier.verify(Evidence.of(bad), expectations).report();
      if (report.verdict() == Verdict.ACCEPTED) {
        accepted++;
        assertThat(known.entrySet())
            .as("byte %d of %s", at, piece.kind())
            .containsAll(claims(report).entrySet());
      }
    }
    System.out.println(
        piece.kind()
            + ": "
            + piece.evidence().length
            + " changes, "
            + accepted
            + " without effect");
  }

  private static Map<String, Json> claims(Report report) {
    Map<String, Json> claims = new HashMap<>();
    flatten("", report.claims(), claims);
    // An event whose data no longer fits joins this list.
    claims.remove("/boot/unexplained");
    return claims;
  }

  private static void flatten(String at, Json value, Map<String, Json> into) {
    if (value instanceof Json.Obj o) {
      o.members().forEach((name, member) -> flatten(at + "/" + name, member, into));
    } else {
      into.put(at, value);
    }
  }
}
