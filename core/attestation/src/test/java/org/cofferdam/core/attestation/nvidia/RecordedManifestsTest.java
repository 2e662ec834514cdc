// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferdam.core.attestation.Minted.failed;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.attestation.BuiltInAnchors;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.GenuineEvidence;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.junit.jupiter.api.Test;

/** Reports of real devices against NVIDIA's own manifests, and against changed ones. */
class RecordedManifestsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("cofferdam.shared", ""), "vectors", "nvidia");
  private static final String SWITCH = "switchVBIOSRim_NV_SWITCH_BIOS_5612_0002_890_9610550001.xml";

  private static VerificationResult verify(String device, String at, byte[]... manifests)
      throws IOException {
    List<Document> documents = new ArrayList<>();
    documents.add(Document.of("chain", Files.readAllBytes(FOLDER.resolve(device + "/chain.pem"))));
    for (byte[] manifest : manifests) {
      documents.add(Document.of("rim-" + documents.size(), manifest));
    }
    return Verifier.create(
            new JcaSignatureEngine(), Endorsements.of(BuiltInAnchors.load(), documents))
        .verify(
            Evidence.of(Files.readAllBytes(FOLDER.resolve(device + "/report.bin"))),
            Expectations.at(Instant.parse(at), Policy.genuine()));
  }

  private static byte[] rim(String name) throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no recorded manifests here");
    return Files.readAllBytes(FOLDER.resolve("rim").resolve(name));
  }

  private static boolean compared(VerificationResult result) {
    return result.report().checks().stream().map(Check::id).anyMatch("nvidia.measurements"::equals);
  }

  @Test
  void aSwitchRunsWhatItsManifestNames() throws IOException {
    VerificationResult result = verify("nvswitch-ls10", "2026-08-01T00:00:00Z", rim(SWITCH));
    assertThat(failed(result)).isEmpty();
    assertThat(result).isInstanceOf(GenuineEvidence.class);
    assertThat(compared(result)).isTrue();
    assertThat(result.report().insecure()).doesNotContain("nvidia.rim");
  }

  @Test
  void aGpuRunsTheFirmwareThatItsManifestNames() throws IOException {
    VerificationResult result =
        verify("hopper-535", "2025-06-01T00:00:00Z", rim("1010_0200_882_96005E0001_PROD.swidtag"));
    assertThat(failed(result)).isEmpty();
    assertThat(compared(result)).isTrue();
    assertThat(result.report().insecure()).contains("nvidia.rim");
  }

  @Test
  void measurementsThatDifferAreRefused() throws IOException {
    assertThat(
            failed(
                verify(
                    "hopper-535",
                    "2025-06-01T00:00:00Z",
                    rim("NV_GPU_DRIVER_GH100_535.86.09_measurement_mismatch.xml"))))
        .contains("nvidia.measurements");
    assertThat(
            failed(
                verify(
                    "hopper-535",
                    "2025-06-01T00:00:00Z",
                    rim("NV_GPU_VBIOS_1010_0200_882_96005E0001_measurement_mismatch.xml"))))
        .contains("nvidia.measurements");
  }

  @Test
  void aForgedOrExpiredManifestIsRefused() throws IOException {
    assertThat(
            failed(
                verify(
                    "nvswitch-ls10",
                    "2026-08-01T00:00:00Z",
                    rim("NV_SWITCH_BIOS_5612_0002_890_9610550001_invalid_signature.xml"))))
        .contains("nvidia.rim.signature");
    assertThat(failed(verify("nvswitch-ls10", "2029-01-01T00:00:00Z", rim(SWITCH))))
        .containsExactly("nvidia.rim.validity");
    assertThat(
            failed(
                verify(
                    "hopper-570-expired-rim",
                    "2025-06-01T00:00:00Z",
                    rim("NV_GPU_DRIVER_GH100_570.124.03_expired.xml"))))
        .contains("nvidia.rim.validity");
  }

  /** What the signature does not cover, or covers only in another place, is not read. */
  @Test
  void changedAndWrappedManifests() throws IOException {
    String good = new String(rim(SWITCH), StandardCharsets.UTF_8);
    String digest = good.substring(good.indexOf("Hash0=\"") + 7).substring(0, 96);
    for (String changed :
        List.of(
            good.replaceFirst(digest, "00" + digest.substring(2)),
            good.replaceFirst("active=\"True\"", "active=\"False\""),
            good.replaceFirst("Reference URI=\"\"", "Reference URI=\"#x\""))) {
      assertThat(
              failed(
                  verify(
                      "nvswitch-ls10",
                      "2026-08-01T00:00:00Z",
                      changed.getBytes(StandardCharsets.UTF_8))))
          .contains("nvidia.rim.signature");
    }
    String root = good.substring(good.indexOf("<SoftwareIdentity"));
    for (String unreadable :
        List.of(
            "<!DOCTYPE x [<!ENTITY e \"x\">]>" + root,
            root.replace("</SoftwareIdentity>", ""),
            "<Wrap><SoftwareIdentity/>" + root + "</Wrap>",
            root.replaceFirst("index=\"1\"", "index=\"0\""))) {
      VerificationResult result =
          verify(
              "nvswitch-ls10", "2025-06-01T00:00:00Z", unreadable.getBytes(StandardCharsets.UTF_8));
      assertThat(compared(result)).isFalse();
      assertThat(result.report().insecure()).contains("nvidia.rim");
    }
  }
}
