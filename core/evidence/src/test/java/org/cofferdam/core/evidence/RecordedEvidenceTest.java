// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.evidence.cca.CcaPlatformClaims;
import org.cofferdam.core.evidence.cca.CcaRealmClaims;
import org.cofferdam.core.evidence.cca.CcaToken;
import org.cofferdam.core.evidence.confidentialspace.ConfidentialSpaceToken;
import org.cofferdam.core.evidence.cove.CoveToken;
import org.cofferdam.core.evidence.nitro.NitroDocument;
import org.cofferdam.core.evidence.nvidia.NvidiaReport;
import org.cofferdam.core.evidence.nvidia.OpaqueField;
import org.cofferdam.core.evidence.ratls.RaTlsCertificate;
import org.cofferdam.core.evidence.snp.SnpReport;
import org.cofferdam.core.evidence.uvm.UvmEndorsement;
import org.junit.jupiter.api.Test;

/** The parsers against values that others read from the same files. */
class RecordedEvidenceTest {

  @Test
  void snpReports() {
    int compared = 0;
    for (Json.Obj entry : Recorded.index("sev-snp", "report")) {
      if (entry.get("expected").isEmpty()
          || entry.get("derived_from").filter(d -> d != Json.Null.NULL).isPresent()) {
        continue;
      }
      Json.Obj expected = entry.object("expected");
      SnpReport report = SnpReport.parse(Recorded.read(entry.string("file")));
      assertThat(report.version()).isEqualTo(expected.integer("version"));
      assertThat(report.vmpl()).isEqualTo(expected.integer("vmpl"));
      assertThat(report.policy().bits()).isEqualTo(number(expected, "policy"));
      assertThat(report.platformInfo().bits()).isEqualTo(number(expected, "platform_info"));
      assertThat(report.reportData().hex()).isEqualTo(expected.string("report_data"));
      assertThat(report.measurement().hex()).isEqualTo(expected.string("measurement"));
      assertThat(report.hostData().hex()).isEqualTo(expected.string("host_data"));
      assertThat(report.idKeyDigest().hex()).isEqualTo(expected.string("id_key_digest"));
      assertThat(report.reportId().hex()).isEqualTo(expected.string("report_id"));
      assertThat(report.reportIdMa().hex()).isEqualTo(expected.string("report_id_ma"));
      assertThat(report.chipId().hex()).isEqualTo(expected.string("chip_id"));
      assertThat(report.signingKey().name()).isEqualTo(expected.string("signing_key"));
      assertThat(report.currentVersion())
          .isEqualTo(
              new SnpReport.FirmwareVersion(
                  (int) expected.integer("cur_major"),
                  (int) expected.integer("cur_minor"),
                  (int) expected.integer("cur_build")));
      assertThat(report.product().map(p -> p.wire()).orElse("unknown"))
          .isEqualTo(report.version() < 3 ? "unknown" : expected.string("product"));
      for (String tcb : List.of("current", "reported", "committed", "launch")) {
        Json.Obj ours =
            switch (tcb) {
              case "current" -> report.currentTcb().toJson();
              case "reported" -> report.reportedTcb().toJson();
              case "committed" -> report.committedTcb().toJson();
              default -> report.launchTcb().toJson();
            };
        assertThat(new String(ours.canonical(), java.nio.charset.StandardCharsets.UTF_8))
            .isEqualTo(
                new String(
                    expected.object(tcb + "_tcb_decoded").canonical(),
                    java.nio.charset.StandardCharsets.UTF_8));
      }
      compared++;
    }
    assertThat(compared).isGreaterThanOrEqualTo(14);
  }

  @Test
  void nvidiaReports() {
    int compared = 0;
    for (Json.Obj entry : Recorded.index("nvidia", "report")) {
      if (!entry.string("file").endsWith("/report.bin")) {
        continue;
      }
      Json.Obj expected = entry.object("expected");
      NvidiaReport report = NvidiaReport.parse(Recorded.read(entry.string("file")));
      assertThat(report.requestNonce().hex()).isEqualTo(expected.string("requestNonce"));
      assertThat(report.responderNonce().hex()).isEqualTo(expected.string("responderNonce"));
      assertThat(report.slot()).isEqualTo((int) expected.integer("slot"));
      assertThat(report.measurements()).hasSize((int) expected.integer("blocks"));
      assertThat(report.padding()).isEqualTo((int) expected.integer("trailingBytes"));
      expected
          .object("measurementsFirst3")
          .members()
          .forEach(
              (index, value) ->
                  assertThat(report.measurements().get(Integer.parseInt(index)))
                      .hasToString("Measurement[type=1, value=" + value.asString(index) + "]"));
      same(expected, "driverVersion", report.text(OpaqueField.DRIVER_VERSION));
      same(expected, "fwid", report.opaque(OpaqueField.FWID).map(Bytes::hex));
      same(expected, "project", report.text(OpaqueField.PROJECT));
      compared++;
    }
    assertThat(compared).isGreaterThanOrEqualTo(16);
  }

  @Test
  void vbiosVersionIsWrittenAsTheVendorDoes() {
    NvidiaReport report = NvidiaReport.parse(Recorded.read("nvidia/hopper-535/report.bin"));
    assertThat(report.vbiosVersion()).contains("96.00.5E.00.01");
    assertThat(NvidiaReport.parse(Recorded.read("nvidia/nvswitch-ls10/report.bin")).vbiosVersion())
        .contains("96.10.55.00.01");
  }

  @Test
  void nitroDocuments() {
    NitroDocument document = NitroDocument.parse(Recorded.read("nitro/dstack-attest.cbor"));
    assertThat(document.moduleId()).isEqualTo("i-0827e799ec9232d44-enc019b5640fdf630d6");
    assertThat(document.caBundle()).hasSize(4);
    assertThat(document.nonce()).isNull();
    assertThat(document.pcrs()).hasSize(16);
    assertThat(document.pcrs().get(2))
        .asString()
        .startsWith("d7b0a76788c1be24898bd148117ea1239578ba0e");
  }

  @Test
  void ccaTokens() {
    int compared = 0;
    for (Json.Obj entry : Recorded.index("cca", "token")) {
      if (entry.get("expected").isEmpty() || !entry.require("valid").asBoolean("valid")) {
        continue;
      }
      Json.Obj expected = entry.object("expected");
      if (expected.get("platform").isEmpty()) {
        continue;
      }
      CcaToken token = CcaToken.parse(Recorded.read(entry.string("file")));
      Json.Obj platform = expected.object("platform");
      assertThat(token.platform().profile()).isEqualTo(platform.string("profile"));
      assertThat(token.platform().challenge().hex()).isEqualTo(platform.string("challenge"));
      assertThat(token.platform().implementationId().hex())
          .isEqualTo(platform.string("implementationId"));
      assertThat("0x" + Integer.toHexString(token.platform().lifecycle()))
          .isEqualTo(platform.string("lifecycle"));
      assertThat(token.platform().components()).hasSameSizeAs(platform.array("swComponents"));
      assertThat(token.realm().initialMeasurement().hex())
          .isEqualTo(expected.object("realm").string("rim"));
      compared++;
    }
    assertThat(compared).isGreaterThanOrEqualTo(5);
  }

  @Test
  void ccaClaimsMayHaveMoreButNotLess() {
    CcaPlatformClaims.parse(Recorded.read("cca/claims/platform-claims.cbor"));
    CcaRealmClaims.parse(Recorded.read("cca/claims/realm-claims.cbor"));
    CcaRealmClaims.parse(Recorded.read("cca/claims/realm-claims+spurious-numeric-key.cbor"));
    CcaRealmClaims.parse(Recorded.read("cca/claims/realm-claims+spurious-text-key.cbor"));
    Bytes bad = Recorded.read("cca/claims/realm-claims-missing-challenge.cbor");
    assertThatThrownBy(() -> CcaRealmClaims.parse(bad))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("cca-realm-challenge");
  }

  @Test
  void raTlsCertificates() {
    for (Json entry :
        Json.parse(Recorded.read("ratls/index.json").toArray())
            .asObject("index")
            .array("certificates")) {
      Json.Obj expected = entry.asObject("certificate");
      RaTlsCertificate certificate =
          RaTlsCertificate.parse(
              Pem.certificates(text(Recorded.read("ratls/" + expected.string("file")))).getFirst());
      assertThat(certificate.scheme()).isEqualTo(RaTlsCertificate.Scheme.INTEROPERABLE);
      Json.Obj standard = expected.object("standard");
      assertThat(certificate.quote().sha256().hex()).isEqualTo(standard.string("quote_sha256"));
      assertThat(Optional.ofNullable(certificate.claims()).orElseThrow().hex())
          .isEqualTo(standard.string("claims_hex"));
      assertThat(certificate.certificate().spki().sha256().hex())
          .isEqualTo(expected.string("spki_sha256"));
      assertThat(Optional.ofNullable(certificate.publicKeyHash()).orElseThrow().hash().hex())
          .isEqualTo(standard.string("pubkey_hash"));
    }
  }

  @Test
  void uvmEndorsementsAndTokens() {
    UvmEndorsement endorsement =
        UvmEndorsement.parse(Recorded.read("azure-aci/confidential-aci/uvm-endorsement.cose"));
    assertThat(endorsement.feed()).isEqualTo("ContainerPlat-AMD-UVM");
    assertThat(endorsement.guestSvn()).isEqualTo("101");
    assertThat(endorsement.signingTime()).hasToString("2024-11-14T05:20:59Z");
    assertThat(endorsement.chain()).hasSize(3);
    ConfidentialSpaceToken token =
        ConfidentialSpaceToken.parse(Recorded.read("gcp/confidential-space-tdx.jwt"));
    assertThat(token.claim("swname")).contains("CONFIDENTIAL_SPACE");
    assertThat(token.imageDigest())
        .contains("sha256:e2e5e3672f416ac9ca71aa639abf86db0b713729a48c125a925af6c808b20b5d");
    assertThat(CoveToken.parse(Recorded.read("cove/debug-platform.cbor")).platform().state())
        .isEqualTo(CoveToken.State.DEBUG);
  }

  /** One changed, missing or added byte gives a record or the one declared exception. */
  @Test
  void changedBytesNeverThrowAnythingElse() {
    mutate("sev-snp/oak-turin-v5/report.bin", b -> SnpReport.parse(b).fields());
    mutate("nvidia/hopper-580/report.bin", b -> NvidiaReport.parse(b).fields());
    mutate("nitro/dstack-attest.cbor", b -> NitroDocument.parse(b).fields());
    mutate("cca/rust-ccatoken-draft-ffm-00.cbor", b -> CcaToken.parse(b).fields());
    mutate("cca/ccatoken-good-cmw.cbor", b -> CcaToken.parse(b).realm().subjectPublicKeyInfo());
    mutate("cove/good.cbor", b -> CoveToken.parse(b).fields());
    mutate("azure-aci/sidecar-2023/uvm-endorsement.cose", b -> UvmEndorsement.parse(b).fields());
    mutate("gcp/confidential-space-tdx.jwt", b -> ConfidentialSpaceToken.parse(b).fields());
  }

  private static void mutate(String file, Consumer<Bytes> parse) {
    byte[] good = Recorded.read(file).toArray();
    parse.accept(Bytes.of(good));
    Random random = new Random(file.hashCode());
    for (int i = 0; i < 3_000; i++) {
      byte[] changed = good.clone();
      int at = random.nextInt(changed.length);
      switch (random.nextInt(3)) {
        case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> changed = java.util.Arrays.copyOf(changed, at);
        default -> changed[at] = (byte) random.nextInt(256);
      }
      try {
        parse.accept(Bytes.of(changed));
      } catch (MalformedEvidenceException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static void same(Json.Obj expected, String name, Optional<String> ours) {
    Json wanted = expected.get(name).orElse(Json.Null.NULL);
    assertThat(ours)
        .isEqualTo(
            wanted == Json.Null.NULL ? Optional.empty() : Optional.of(wanted.asString(name)));
  }

  private static long number(Json.Obj o, String name) {
    return Long.parseUnsignedLong(o.string(name).substring(2).toLowerCase(Locale.ROOT), 16);
  }
}
