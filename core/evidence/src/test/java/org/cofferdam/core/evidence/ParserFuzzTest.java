// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.evidence.dcap.EnclaveIdentity;
import org.cofferdam.core.evidence.dcap.PckExtension;
import org.cofferdam.core.evidence.dcap.Quote;
import org.cofferdam.core.evidence.dcap.TcbInfo;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.eventlog.EventMeaning;
import org.cofferdam.core.evidence.tpm.TpmAttest;
import org.cofferdam.core.evidence.tpm.TpmPublic;
import org.cofferdam.core.evidence.tpm.TpmSignature;
import org.cofferdam.quality.foundry.EnclaveIdentityOf;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestIntel;
import org.cofferdam.quality.foundry.TestTpm;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Parsers are total: whatever the bytes, a record or a MalformedEvidenceException. */
class ParserFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final int ROUNDS = Integer.getInteger("cofferdam.fuzz.rounds", 3000);

  private record Target(String name, byte[] seed, Consumer<Bytes> parser) {}

  @TestFactory
  Stream<DynamicTest> changedInputIsReadOrMalformed() {
    return targets().stream().map(t -> DynamicTest.dynamicTest(t.name(), () -> fuzz(t)));
  }

  private static List<Target> targets() {
    TestIntel intel = new TestIntel(NOW, Hook.none());
    byte[] sgx =
        intel.sgxQuote(new EnclaveIdentityOf(new byte[32], new byte[32], 1, 1, 5, new byte[64]));
    byte[] tdx =
        intel.tdxQuote(
            new byte[48],
            List.of(new byte[48], new byte[48], new byte[48], new byte[48]),
            new byte[64]);
    Json.Obj collateral = Json.parse(intel.collateral(true)).asObject("collateral");
    Certificate pck =
        Pem.certificates(
                new String(
                    Quote.parse(Bytes.of(sgx)).signature().certificationData().toArray(),
                    StandardCharsets.US_ASCII))
            .getFirst();
    TestTpm tpm = new TestTpm(NOW, Hook.none());
    tpm.measure(13, 6, TestTpm.entry("a", "b", "{}"));
    tpm.measure(7, 0x80000001L, new byte[40]);
    Json.Obj evidence = Json.parse(tpm.evidence(new byte[32], new byte[0])).asObject("evidence");
    return List.of(
        new Target("quote v3", sgx, Quote::parse),
        new Target("quote v4", tdx, Quote::parse),
        new Target(
            "certificate", pck.encoded().toArray(), b -> PckExtension.of(Certificate.parse(b))),
        new Target("TCB info", utf8(collateral.string("tcb_info")), b -> TcbInfo.parse(text(b))),
        new Target(
            "identity",
            utf8(collateral.string("qe_identity")),
            b -> EnclaveIdentity.parse(text(b))),
        new Target("TPMT_PUBLIC", tpm.attestationPublicArea(), TpmPublic::parse),
        new Target(
            "TPMS_ATTEST", base64(evidence.object("tpm_quote"), "message"), TpmAttest::parse),
        new Target(
            "TPMT_SIGNATURE",
            base64(evidence.object("tpm_quote"), "signature"),
            TpmSignature::parse),
        new Target(
            "event log",
            base64(evidence, "eventlog"),
            b ->
                EventLog.parse(b)
                    .events()
                    .forEach(
                        e -> {
                          EventMeaning.matches(e);
                          EventMeaning.details(e);
                        })));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }

  private static byte[] base64(Json.Obj json, String name) {
    return java.util.Base64.getDecoder().decode(json.string(name));
  }

  private static void fuzz(Target target) {
    target.parser().accept(Bytes.of(target.seed()));
    Random random = new Random(target.name().hashCode());
    int malformed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = change(target.seed(), random);
      try {
        target.parser().accept(Bytes.of(input));
      } catch (MalformedEvidenceException e) {
        malformed++;
      }
    }
    assertThat(malformed).as("malformed of " + ROUNDS).isPositive();
  }

  /** Flips, cuts, repeats, fills, or puts an extreme number somewhere. */
  private static byte[] change(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && bytes.length > 8; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes = Arrays.copyOf(bytes, at);
        case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
        case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xff);
        case 4 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0);
        default -> bytes[at] = (byte) random.nextInt(256);
      }
    }
    return bytes;
  }
}
