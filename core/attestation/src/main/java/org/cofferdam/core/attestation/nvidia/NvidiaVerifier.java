// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.nvidia;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.attestation.Bindings;
import org.cofferdam.core.attestation.CertificateChains;
import org.cofferdam.core.attestation.CertificateDocuments;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SignatureAlgorithm;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.nvidia.FirmwareIds;
import org.cofferdam.core.evidence.nvidia.NvidiaDeviceList;
import org.cofferdam.core.evidence.nvidia.NvidiaReport;
import org.cofferdam.core.evidence.nvidia.OpaqueField;

/**
 * The SPDM report of a GPU or switch with the chain of its attestation key, or a list of such. The
 * claims are a list, one entry a device.
 */
public final class NvidiaVerifier implements FormatVerifier {
  private static final int CHAIN_LENGTH = 5;

  @Override
  public String kind() {
    return "nvidia-report";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return evidence.find(NvidiaReport::looksLike).isPresent() || devices(evidence).isPresent();
  }

  private static Optional<Json> devices(Evidence evidence) {
    Bytes content = evidence.first().content();
    if (content.length() == 0 || content.at(0) != '{') {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(content.toArray())).filter(NvidiaDeviceList::looksLike);
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    Optional<Json> list = devices(evidence);
    Document document = evidence.find(NvidiaReport::looksLike).orElse(evidence.first());
    List<Document> beside = new ArrayList<>(evidence.documents());
    beside.remove(document);
    beside.addAll(context.endorsements().find(new Endorsements.Query.OfKind(kind())));
    List<Json> claims = new ArrayList<>();
    if (list.isPresent()) {
      for (NvidiaDeviceList.Device device : NvidiaDeviceList.parse(list.get()).devices()) {
        List<Certificate> chain = CertificateDocuments.certificates(device.certificates());
        claims.add(verify(device.report(), chain, beside, context));
      }
    } else {
      List<Certificate> chain = CertificateDocuments.certificates(beside);
      claims.add(verify(document.content(), chain, beside, context));
    }
    context.findings().claim("nvidia", Json.array(claims));
  }

  private static Json verify(
      Bytes bytes, List<Certificate> certificates, List<Document> documents, Context context) {
    NvidiaReport report = NvidiaReport.parse(bytes);
    Bindings.exact(context, report.requestNonce());
    verify(report, certificates, documents, context);
    return claims(report);
  }

  private static void verify(
      NvidiaReport report,
      List<Certificate> certificates,
      List<Document> documents,
      Context context) {
    Findings findings = context.findings();
    findings.check(
        NvidiaRules.PADDING,
        report.padding() == 0,
        "nothing after the signature",
        report.padding() + " zero bytes");
    if (certificates.isEmpty()) {
      findings.missing(NvidiaRules.CHAIN_SUPPLIED, "the certificate chain of the device");
      return;
    }
    Certificate leaf = leaf(certificates);
    Optional<CertificateChains.Path> path =
        new CertificateChains(context)
            .verify("nvidia", leaf, certificates, "nvidia-device", FirmwareIds.OIDS);
    path.ifPresent(
        p ->
            findings.check(
                NvidiaRules.CHAIN_LENGTH,
                p.certificates().size() == CHAIN_LENGTH,
                Integer.toString(CHAIN_LENGTH),
                Integer.toString(p.certificates().size())));
    findings.check(
        NvidiaRules.SIGNATURE,
        context
            .signatures()
            .verify(
                SignatureAlgorithm.ECDSA_P384_SHA384,
                leaf.spki(),
                report.signed(),
                report.signature().toArray()),
        "a signature of the attestation key over request and response",
        "compared");
    firmware(report, leaf, findings);
    findings.notSupplied(NvidiaRules.OCSP, "OCSP answers");
    new ReferenceMeasurements(context).compare(report, documents);
  }

  /** The one that issued none of the others. */
  private static Certificate leaf(List<Certificate> certificates) {
    return certificates.stream()
        .filter(
            c ->
                certificates.stream()
                    .noneMatch(o -> !o.equals(c) && o.issuer().equals(c.subject())))
        .findFirst()
        .orElse(certificates.getFirst());
  }

  private static void firmware(NvidiaReport report, Certificate leaf, Findings findings) {
    Optional<Bytes> reported = report.opaque(OpaqueField.FWID);
    if (reported.isEmpty()) {
      findings.check(NvidiaRules.FWID_BOUND, false, "the firmware's id", "not in the report");
      return;
    }
    List<Bytes> certified;
    try {
      certified = FirmwareIds.of(leaf);
    } catch (MalformedEvidenceException e) {
      certified = List.of();
    }
    findings.check(
        NvidiaRules.FWID,
        certified.equals(List.of(reported.get())),
        certified.isEmpty() ? "a firmware id in the certificate" : certified.toString(),
        reported.get().hex());
  }

  private static Json.Obj claims(NvidiaReport report) {
    Json.Builder measurements = Json.object();
    for (Map.Entry<Integer, NvidiaReport.Measurement> m : report.measurements().entrySet()) {
      measurements.put(Integer.toString(m.getKey()), m.getValue().value().hex());
    }
    return Json.object()
        .put("device", report.isSwitch() ? "switch" : "gpu")
        .put("driver-version", Json.nullable(report.text(OpaqueField.DRIVER_VERSION).orElse(null)))
        .put("vbios-version", Json.nullable(report.vbiosVersion().orElse(null)))
        .put("project", Json.nullable(report.text(OpaqueField.PROJECT).orElse(null)))
        .put("project-sku", Json.nullable(report.text(OpaqueField.PROJECT_SKU).orElse(null)))
        .put("chip-sku", Json.nullable(report.text(OpaqueField.CHIP_SKU).orElse(null)))
        .put("fwid", Json.nullable(report.opaque(OpaqueField.FWID).map(Bytes::hex).orElse(null)))
        .put(
            "feature-flag",
            Json.nullable(report.opaque(OpaqueField.FEATURE_FLAG).map(Bytes::hex).orElse(null)))
        .put("nonce", report.requestNonce().hex())
        .put("measurements", measurements.build())
        .build();
  }
}
