// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.nvidia;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cofferdam.core.attestation.CertificateChains;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier.Context;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.evidence.nvidia.NvidiaReport;
import org.cofferdam.core.evidence.nvidia.OpaqueField;

/**
 * Compares a report with NVIDIA's manifests of its driver and its firmware (a switch has firmware
 * only). A manifest of another version is none for this device.
 */
final class ReferenceMeasurements {
  /** Only where a video decoder is off: its firmware is then not loaded. */
  private static final int DECODER = 35;

  private static final Bytes DECODER_OFF = Bytes.ofHex("55");

  private final Context context;
  private final Findings findings;

  ReferenceMeasurements(Context context) {
    this.context = context;
    this.findings = context.findings();
  }

  /**
   * @param documents of which manifests are chosen by content and version
   */
  void compare(NvidiaReport report, List<Document> documents) {
    List<RimDocument> manifests = documents.stream().flatMap(d -> read(d).stream()).toList();
    Optional<RimDocument> firmware = choose(manifests, report.vbiosVersion());
    Optional<RimDocument> driver = choose(manifests, report.text(OpaqueField.DRIVER_VERSION));
    boolean complete = firmware.isPresent() && (report.isSwitch() || driver.isPresent());
    if (complete) {
      findings.check(NvidiaRules.RIM, true, "manifests of this device", "supplied");
    } else {
      findings.notSupplied(NvidiaRules.RIM, "the manifests of this driver and firmware");
    }
    Map<Integer, RimDocument.Golden> golden = new TreeMap<>();
    for (RimDocument manifest : Stream.of(firmware, driver).flatMap(Optional::stream).toList()) {
      authentic(manifest);
      for (RimDocument.Golden one : manifest.active()) {
        boolean first = golden.put(one.index(), one) == null;
        if (!first) {
          findings.check(
              NvidiaRules.RIM_CONFLICT,
              false,
              "each index in one manifest",
              "index " + one.index());
        }
      }
    }
    if (!golden.isEmpty()) {
      measurements(report, golden);
    }
  }

  /** What cannot be read can only be missed. */
  private Optional<RimDocument> read(Document document) {
    if (!RimDocument.looksLike(document.content())) {
      return Optional.empty();
    }
    findings.digest("rim:" + document.name(), document.digest());
    try {
      return Optional.of(RimDocument.parse(document.content()));
    } catch (MalformedEvidenceException e) {
      findings.notChecked("nvidia.rim: " + document.name() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<RimDocument> choose(
      List<RimDocument> manifests, Optional<String> version) {
    return version.flatMap(
        v ->
            manifests.stream()
                .filter(
                    m -> m.version().toUpperCase(Locale.ROOT).equals(v.toUpperCase(Locale.ROOT)))
                .findFirst());
  }

  private void authentic(RimDocument manifest) {
    new CertificateChains(context)
        .verify(
            "nvidia.rim",
            manifest.certificates().getFirst(),
            manifest.certificates(),
            "nvidia-rim",
            Set.of());
    findings.check(
        NvidiaRules.RIM_SIGNATURE,
        manifest.isSigned(),
        "a signature over the whole manifest",
        manifest.version());
  }

  private void measurements(NvidiaReport report, Map<Integer, RimDocument.Golden> golden) {
    boolean decoderOff =
        report.opaque(OpaqueField.NVDEC0_STATUS).filter(DECODER_OFF::equals).isPresent();
    List<String> different = new ArrayList<>();
    int compared = 0;
    for (RimDocument.Golden one : golden.values()) {
      if (one.index() == DECODER && decoderOff) {
        continue;
      }
      NvidiaReport.Measurement found = report.measurements().get(one.index() + 1);
      compared++;
      if (found == null || !one.alternatives().contains(found.value())) {
        different.add(Integer.toString(one.index()));
      }
    }
    findings.check(
        NvidiaRules.MEASUREMENTS,
        different.isEmpty() && compared > 0,
        compared + " measurements as in the manifests",
        different.isEmpty() ? "equal" : "different at index " + String.join(", ", different));
  }
}
