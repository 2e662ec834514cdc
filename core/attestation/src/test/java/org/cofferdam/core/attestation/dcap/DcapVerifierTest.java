// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.DevelopmentEvidence;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Refused;
import org.cofferdam.core.attestation.Tcb;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Undecided;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.JsonPointer;
import org.cofferdam.quality.foundry.EnclaveIdentityOf;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.SgxDevice;
import org.cofferdam.quality.foundry.TestIntel;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule for Intel's quotes, each broken alone. */
class DcapVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final byte[] REPORT_DATA = filled(64, 4);

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] sgx(TestIntel intel) {
    return intel.sgxQuote(
        new EnclaveIdentityOf(
            filled(32, 1), filled(32, 2), 7, 3, EnclaveIdentityOf.PRODUCTION, REPORT_DATA));
  }

  private static byte[] tdx(TestIntel intel) {
    return intel.tdxQuote(
        filled(48, 1),
        List.of(filled(48, 2), filled(48, 3), filled(48, 4), filled(48, 5)),
        REPORT_DATA);
  }

  private static Expectations expected() {
    return Expectations.at(NOW, Policy.release())
        .withReportData(Bytes.of(REPORT_DATA))
        .withDevelopment(true);
  }

  private static VerificationResult verify(TestIntel intel, boolean tdx, Expectations expected) {
    return verify(intel, tdx ? tdx(intel) : sgx(intel), intel.collateral(tdx), expected);
  }

  private static VerificationResult verify(
      TestIntel intel, byte[] quote, byte[] collateral, Expectations expected) {
    TrustAnchor anchor =
        new TrustAnchor(
            "foundry",
            "intel-sgx",
            Bytes.of(intel.root().publicKey()),
            TrustAnchor.Origin.DEVELOPMENT);
    return Verifier.create(
            new JcaSignatureEngine(),
            Endorsements.of(
                new TrustAnchors(List.of(anchor)), List.of(Document.of("collateral", collateral))))
        .verify(Evidence.of(quote), expected);
  }

  @Test
  void completeQuotesHoldUnderTheStrictPolicy() {
    TestIntel intel = new TestIntel(NOW, Hook.none());
    VerificationResult sgx = verify(intel, false, expected());
    assertThat(sgx.report().failedChecks()).isEmpty();
    assertThat(sgx).isInstanceOf(DevelopmentEvidence.class);
    assertThat(JsonPointer.find(sgx.report().claims(), "/sgx/mrenclave").orElseThrow().write())
        .isEqualTo("\"" + "01".repeat(32) + "\"");
    VerificationResult tdx = verify(intel, true, expected());
    assertThat(tdx.report().failedChecks()).isEmpty();
    assertThat(tdx).isInstanceOf(DevelopmentEvidence.class);
  }

  /** Intel's table, and the two rows that it leaves out. */
  @ParameterizedTest
  @CsvSource({
    "UpToDate, UpToDate, UpToDate",
    "SWHardeningNeeded, UpToDate, SWHardeningNeeded",
    "UpToDate, SWHardeningNeeded, SWHardeningNeeded",
    "ConfigurationNeeded, SWHardeningNeeded, ConfigurationNeeded",
    "SWHardeningNeeded, OutOfDate, OutOfDate",
    "ConfigurationNeeded, OutOfDate, OutOfDateConfigurationNeeded",
    "ConfigurationAndSWHardeningNeeded, OutOfDate, OutOfDateConfigurationNeeded",
    "OutOfDate, Revoked, Revoked",
  })
  void statusesConverge(String platform, String quotingEnclave, String converged) {
    Hook hook =
        (name, value) ->
            switch (name) {
              case "tcb.status" -> ascii(platform);
              case "qe-identity.status" -> ascii(quotingEnclave);
              default -> value;
            };
    for (boolean tdx : new boolean[] {false, true}) {
      assertThat(verify(new TestIntel(NOW, hook), tdx, expected()).report().tcb())
          .extracting(Tcb::status)
          .isEqualTo(converged);
    }
  }

  @TestFactory
  Stream<DynamicTest> oneBrokenFieldFailsOneRule() {
    return Stream.of(
            both(
                "sgx-quote.structure",
                "tdx-quote.structure",
                Hook.replace("quote.key-type", new byte[] {3, 0})),
            both(
                "sgx-quote.structure",
                "tdx-quote.structure",
                Hook.replace("quote.padding", new byte[] {1})),
            both(
                "sgx-quote.structure",
                "tdx-quote.structure",
                Hook.replace("qe.certification-type", new byte[] {7, 0})),
            both("dcap.quote.signature", Hook.flip("quote.signature")),
            both("dcap.quote.signature", Hook.replace("quote.signature", new byte[64])),
            both("dcap.qe.report-data", Hook.flip("qe.reportdata")),
            both("dcap.qe.report-data", Hook.flip("qe.auth")),
            both("dcap.qe.signature", Hook.flip("qe.signature")),
            both("dcap.qe.signature", Hook.replace("qe.signature", new byte[64])),
            both("dcap.pck.chain", Hook.flip("pck.signature")),
            both("dcap.pck.chain", Hook.flip("ca.signature")),
            both("dcap.pck.validity", Hook.replace("pck.not-after", time())),
            both(
                "dcap.pck.constraints",
                Hook.change("ca.extensions", v -> Arrays.copyOfRange(v, v.length - 16, v.length))),
            both("dcap.pck.revocation", Hook.replace("revoked.by-ca", new byte[] {5})),
            both("dcap.pck.revocation", Hook.replace("revoked.by-root", new byte[] {2})),
            both("dcap.pck.revocation", Hook.flip("pck-crl.signature")),
            both("dcap.pck.revocation", Hook.replace("pck-crl.next-update", time())),
            both("dcap.tcb-signing.revocation", Hook.replace("revoked.by-root", new byte[] {4})),
            both("dcap.tcb-info.signature", Hook.flip("tcb-info.signature")),
            both("dcap.tcb-info.signature", Hook.change("tcb-info.text", v -> spaced(v))),
            both("dcap.qe-identity.signature", Hook.flip("qe-identity.signature")),
            both("dcap.tcb-info-signer.chain", Hook.flip("signer.signature")),
            both(
                "dcap.tcb-info.window",
                Hook.replace("collateral.issued", ascii("2026-11-02T00:00:00Z"))),
            both(
                "dcap.tcb-info.window",
                Hook.replace("collateral.due", ascii("2026-10-31T00:00:00Z"))),
            both("dcap.tcb-info.platform", Hook.flip("tcb.pceid")),
            both("dcap.qe.identity", Hook.flip("qe.mrsigner")),
            both("dcap.qe.identity", Hook.replace("qe.isvprodid", new byte[] {9, 0})),
            both(
                "dcap.qe.identity",
                Hook.replace("qe.flags", new byte[] {0x13, 0, 0, 0, 0, 0, 0, 0})),
            both("dcap.qe.identity", Hook.flip("qe.miscselect")),
            both("dcap.tcb.level", Hook.replace("pck.svns", filled(16, 1))),
            both("dcap.tcb.level", Hook.replace("qe.isvsvn", new byte[] {1, 0})),
            both("dcap.tcb.not-revoked", Hook.replace("tcb.status", ascii("Revoked"))),
            both("dcap.tcb.not-revoked", Hook.replace("qe-identity.status", ascii("Revoked"))),
            both("tcb.status", Hook.replace("tcb.status", ascii("SWHardeningNeeded"))),
            both("tcb.status", Hook.replace("qe-identity.status", ascii("OutOfDate"))),
            both("tcb.status", Hook.replace("qe-identity.status", ascii("ConfigurationNeeded"))),
            both("tcb.status", Hook.change("pck.svns", v -> lower(v))),
            both("tcb.status", Hook.replace("pck.pcesvn", new byte[] {10})),
            both("binding.report-data", Hook.flip("body.reportdata")),
            both(
                "sgx-quote.structure",
                "tdx-quote.structure",
                Hook.replace("tcb.status", ascii("Fine"))),
            only(
                false,
                "sgx.policy.debug",
                Hook.replace("body.flags", new byte[] {7, 0, 0, 0, 0, 0, 0, 0})),
            only(
                false,
                "sgx.policy.keys",
                Hook.replace("body.flags", new byte[] {0x15, 0, 0, 0, 0, 0, 0, 0})),
            only(
                false,
                "sgx.policy.initialised",
                Hook.replace("body.flags", new byte[] {1, 0, 0, 0, 0, 0, 0, 0})),
            only(
                true,
                "tdx.policy.debug",
                Hook.replace("body.tdattributes", new byte[] {1, 0, 0, 0x10, 0, 0, 0, 0})),
            only(
                true,
                "tdx.policy.attributes",
                Hook.replace("body.tdattributes", new byte[] {2, 0, 0, 0x10, 0, 0, 0, 0})),
            only(
                true, "tdx.policy.sept-ve-disable", Hook.replace("body.tdattributes", new byte[8])),
            only(
                true,
                "tdx.policy.migratable",
                Hook.replace("body.tdattributes", new byte[] {0, 0, 0, 0x30, 0, 0, 0, 0})),
            only(
                true,
                "tdx.policy.xfam",
                Hook.replace("body.xfam", new byte[] {3, 0, 0, 0, 1, 0, 0, 0})),
            only(true, "tdx.module", Hook.flip("body.mrsignerseam")),
            only(true, "tdx.module", Hook.replace("module.id", ascii("TDX_02"))),
            only(true, "tdx.module.attributes", Hook.flip("body.seamattributes")),
            only(true, "tcb.status", Hook.replace("module.status", ascii("OutOfDate"))),
            only(true, "dcap.tcb.not-revoked", Hook.replace("module.status", ascii("Revoked"))))
        .flatMap(List::stream)
        .map(
            b ->
                DynamicTest.dynamicTest(
                    (b.tdx() ? "tdx " : "sgx ") + b.id(),
                    () -> {
                      VerificationResult result =
                          verify(new TestIntel(NOW, b.hook()), b.tdx(), expected());
                      assertThat(result.report().failedChecks())
                          .as("%s", result.report().checks())
                          .extracting(Check::id)
                          .isNotEmpty()
                          .allMatch(id -> id.equals(b.id()) || followsFrom(b.id(), id));
                      assertThat(result).isInstanceOf(Refused.class);
                    }));
  }

  /** Both objects of the collateral share one window and one signer in the foundry. */
  private static boolean followsFrom(String cause, String id) {
    return (cause.equals("dcap.tcb-info.window") && id.equals("dcap.qe-identity.window"))
        || (cause.equals("dcap.tcb-info-signer.chain")
            && id.equals("dcap.qe-identity-signer.chain"));
  }

  private record Broken(boolean tdx, String id, Hook hook) {}

  private static List<Broken> both(String id, Hook hook) {
    return both(id, id, hook);
  }

  private static List<Broken> both(String sgx, String tdx, Hook hook) {
    return List.of(new Broken(false, sgx, hook), new Broken(true, tdx, hook));
  }

  private static List<Broken> only(boolean tdx, String id, Hook hook) {
    return List.of(new Broken(tdx, id, hook));
  }

  private static byte[] lower(byte[] svns) {
    svns[15] = 4;
    return svns;
  }

  private static byte[] spaced(byte[] text) {
    return new String(text, StandardCharsets.UTF_8)
        .replace(",", ", ")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** GeneralizedTime of a day before now. */
  private static byte[] time() {
    byte[] text = ascii("20261031000000Z");
    return ByteBuffer.allocate(text.length + 2)
        .put((byte) 0x18)
        .put((byte) text.length)
        .put(text)
        .array();
  }

  @Test
  void withoutCollateralNothingIsDecided() {
    TestIntel intel = new TestIntel(NOW, Hook.none());
    assertThat(verify(intel, sgx(intel), new byte[] {1}, expected())).isInstanceOf(Undecided.class);
  }

  @Test
  void collateralMayComeWithTheQuote() {
    TestIntel intel = new TestIntel(NOW, Hook.none());
    TrustAnchor anchor =
        new TrustAnchor(
            "foundry",
            "intel-sgx",
            Bytes.of(intel.root().publicKey()),
            TrustAnchor.Origin.DEVELOPMENT);
    Evidence composite =
        new Evidence(
            List.of(
                Document.of("collateral", intel.collateral(true)),
                Document.of("quote", tdx(intel))));
    assertThat(
            Verifier.create(
                    new JcaSignatureEngine(),
                    Endorsements.of(new TrustAnchors(List.of(anchor)), List.of()))
                .verify(composite, expected()))
        .isInstanceOf(DevelopmentEvidence.class);
  }

  @Test
  void collateralOfAnotherPlatformDecidesNothing() {
    TestIntel intel = new TestIntel(NOW, Hook.flip("tcb.fmspc"));
    assertThat(verify(intel, false, expected())).isInstanceOf(Undecided.class);
  }

  @Test
  void unknownRootDecidesNothingAndIsNamed() {
    TestIntel intel = new TestIntel(NOW, Hook.none());
    TestIntel other = new TestIntel(NOW, Hook.none());
    VerificationResult result = verify(other, sgx(intel), intel.collateral(false), expected());
    assertThat(result).isInstanceOf(Undecided.class);
    assertThat(result.report().checks().stream().map(Check::expected))
        .anyMatch(e -> e.contains(Bytes.of(intel.root().publicKey()).sha256().hex()));
  }

  @Test
  void kindGivenByTheCallerMustBeTheQuotes() {
    TestIntel intel = new TestIntel(NOW, Hook.none());
    assertThat(verify(intel, true, expected().withKind("sgx-quote")).report().failedChecks())
        .extracting(Check::id)
        .containsExactly("dcap.kind");
  }

  @Test
  void zerosBehindAQuoteAreToleratedAndReported() {
    TestIntel intel = new TestIntel(NOW, Hook.replace("quote.padding", new byte[70]));
    VerificationResult result = verify(intel, true, expected());
    assertThat(result).isInstanceOf(DevelopmentEvidence.class);
    assertThat(result.report().checks().stream().filter(c -> c.id().equals("dcap.quote.padding")))
        .extracting(Check::found)
        .containsExactly("70 zero bytes behind it");
  }

  @Test
  void deviceMeasuresWhatIsLoadedAndQuotesIt() throws IOException {
    TestIntel intel = new TestIntel(NOW, Hook.none());
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(requests);
    frame(out, 4, REPORT_DATA);
    frame(out, 1, ByteBuffer.allocate(4).putShort((short) 2).put(ascii("/a")).array());
    frame(out, 2, ByteBuffer.allocate(11).putLong(0).put(ascii("abc")).array());
    frame(
        out,
        3,
        ByteBuffer.allocate(37).put(filled(32, 2)).putShort((short) 7).putShort((short) 3).array());
    frame(out, 2, ByteBuffer.allocate(11).putLong(0).put(ascii("abc")).array());
    frame(out, 4, REPORT_DATA);
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    new SgxDevice(intel)
        .converse(
            new DataInputStream(new ByteArrayInputStream(requests.toByteArray())),
            new DataOutputStream(answers));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(answers.toByteArray()));
    assertThat(new String(answer(in, 0xff), StandardCharsets.UTF_8)).isEqualTo("QUOTE before INIT");
    answer(in, 0);
    answer(in, 0);
    byte[] measurement = answer(in, 0);
    assertThat(new String(answer(in, 0xff), StandardCharsets.UTF_8)).contains("is initialised");
    byte[] quote = answer(in, 0);
    Bytes expected =
        Bytes.of(
                ByteBuffer.allocate(4 + 4 + 2 + 4 + 8 + 4 + 3)
                    .put(ascii("EADD"))
                    .putInt(2)
                    .put(ascii("/a"))
                    .put(ascii("EEXT"))
                    .putLong(0)
                    .putInt(3)
                    .put(ascii("abc"))
                    .array())
            .sha256();
    assertThat(Bytes.of(measurement)).isEqualTo(expected);
    VerificationResult result = verify(intel, quote, intel.collateral(false), expected());
    assertThat(result).isInstanceOf(DevelopmentEvidence.class);
    assertThat(JsonPointer.find(result.report().claims(), "/sgx/mrenclave").orElseThrow().write())
        .isEqualTo("\"" + expected.hex() + "\"");
  }

  private static void frame(DataOutputStream out, int operation, byte[] body) throws IOException {
    out.writeInt(body.length + 1);
    out.writeByte(operation);
    out.write(body);
  }

  private static byte[] answer(DataInputStream in, int status) throws IOException {
    byte[] frame = in.readNBytes(in.readInt());
    assertThat(frame[0] & 0xff).isEqualTo(status);
    return Arrays.copyOfRange(frame, 1, frame.length);
  }
}
