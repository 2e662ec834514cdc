// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.snp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.attestation.CertificateChains;
import org.cofferdam.core.attestation.CertificateDocuments;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier.Context;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SignatureAlgorithm;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Crl;
import org.cofferdam.core.evidence.snp.SnpProduct;
import org.cofferdam.core.evidence.snp.SnpReport;
import org.cofferdam.core.evidence.snp.TcbLayout;
import org.cofferdam.core.evidence.snp.VekCertificate;

/**
 * From the key that signed a report to AMD's root: the certificate that fits, its chain,
 * revocation.
 */
final class SnpEndorsement {
  private static final String RSA_PSS = "1.2.840.113549.1.1.10";

  private final Context context;
  private final Findings findings;

  SnpEndorsement(Context context) {
    this.context = context;
    this.findings = context.findings();
  }

  /**
   * Notes the checks of key and signature.
   *
   * @param documents that may hold certificates and revocation lists
   * @return the key's certificate, proven or not; empty where there is none
   */
  Optional<VekCertificate> verify(SnpReport report, List<Document> documents) {
    List<Certificate> certificates = CertificateDocuments.certificates(documents);
    Optional<VekCertificate> vek = choose(report, certificates);
    if (vek.isPresent()) {
      endorse(report, vek.get(), certificates, documents);
    } else {
      findings.missing(SnpRules.VEK, "the certificate of the key that signed");
    }
    return vek;
  }

  /** The one that fits, else the first there is, so that the checks can say what does not fit. */
  private Optional<VekCertificate> choose(SnpReport report, List<Certificate> certificates) {
    List<VekCertificate> veks = new ArrayList<>();
    for (Certificate certificate : certificates) {
      if (VekCertificate.isOne(certificate)) {
        try {
          veks.add(VekCertificate.parse(certificate));
        } catch (MalformedEvidenceException e) {
          findings.check(
              SnpRules.VEK_FORM, false, "AMD's extensions", String.valueOf(e.getMessage()));
        }
      }
    }
    return veks.stream()
        .filter(v -> isOfKind(report, v) && v.matches(report.reportedTcb()))
        .filter(v -> v.hardwareId() == null || chipIdFits(report, v))
        .findFirst()
        .or(() -> veks.stream().findFirst());
  }

  /** Evidence itself may bring certificates of its own chip only; collateral may hold any. */
  void strangers(SnpReport report, Optional<VekCertificate> signer, List<Document> evidence) {
    if (report.chipKeyMasked() || report.chipId().isZero()) {
      return;
    }
    List<String> others =
        CertificateDocuments.certificates(evidence).stream()
            .filter(VekCertificate::isOne)
            .flatMap(c -> ids(c).stream())
            .filter(v -> !signer.map(v::equals).orElse(false) && !chipIdFits(report, v))
            .map(v -> String.valueOf(v.hardwareId()))
            .toList();
    findings.check(
        SnpRules.STRANGERS,
        others.isEmpty(),
        "certificates of chip " + report.chipId().hex(),
        others.isEmpty() ? "no other chip's" : String.join(", ", others));
  }

  /** The certificate with a readable chip id; others are looked at elsewhere. */
  private static Optional<VekCertificate> ids(Certificate certificate) {
    try {
      return Optional.of(VekCertificate.parse(certificate)).filter(v -> v.hardwareId() != null);
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  private void endorse(
      SnpReport report,
      VekCertificate vek,
      List<Certificate> certificates,
      List<Document> documents) {
    findings.digest("vek", vek.certificate().fingerprint());
    Optional<SnpProduct> product = vek.product();
    boolean one =
        findings.check(
            SnpRules.PRODUCT,
            product.isPresent()
                && (report.version() < 3 || report.product().equals(product))
                && product.get().layout() == layout(report),
            report.version() < 3
                ? "a known product line with the report's layout"
                : report.product().map(SnpProduct::wire).orElse("a known processor"),
            vek.productName());
    findings.check(
        SnpRules.VEK_KIND,
        isOfKind(report, vek),
        report.signingKey().name(),
        vek.certificate().commonName());
    findings.check(
        SnpRules.TCB_MATCH,
        vek.matches(report.reportedTcb()),
        report.reportedTcb().toJson().write(),
        vek.versions());
    chipId(report, vek);
    if (!one || product.isEmpty()) {
      return;
    }
    Optional<CertificateChains.Path> path =
        new CertificateChains(context)
            .verify(
                "snp.vek",
                vek.certificate(),
                certificates,
                "amd-ark-" + product.get().wire().toLowerCase(Locale.ROOT),
                Set.of());
    if (path.isPresent()) {
      issuers(report, path.get(), product.get());
      revocation(path.get(), documents);
    }
    Optional<byte[]> signature = report.signature();
    findings.check(
        SnpRules.SIGNATURE,
        signature.isPresent()
            && context
                .signatures()
                .verify(
                    SignatureAlgorithm.ECDSA_P384_SHA384,
                    vek.certificate().spki(),
                    report.signed(),
                    signature.get()),
        "a signature of the certified key over bytes 0 to 671",
        signature.isPresent() ? "compared" : "a number longer than 48 bytes");
  }

  private static TcbLayout layout(SnpReport report) {
    return report.reportedTcb().fmc() == null ? TcbLayout.MILAN : TcbLayout.TURIN;
  }

  private static boolean isOfKind(SnpReport report, VekCertificate vek) {
    return report.signingKey() == SnpReport.SigningKey.VLEK ? vek.isProviderKey() : vek.isChipKey();
  }

  private void chipId(SnpReport report, VekCertificate vek) {
    if (vek.hardwareId() == null) {
      return;
    }
    if (report.chipKeyMasked() || report.chipId().isZero()) {
      findings.check(SnpRules.CHIP_ID_MASKED, false, "the chip's id", "masked by the host");
      return;
    }
    findings.check(
        SnpRules.CHIP_ID, chipIdFits(report, vek), vek.hardwareId().hex(), report.chipId().hex());
  }

  private static boolean chipIdFits(SnpReport report, VekCertificate vek) {
    Bytes id = vek.hardwareId();
    int length = vek.product().map(SnpProduct::chipIdLength).orElse(64);
    return id != null
        && id.length() == length
        && id.equals(report.chipId().slice(0, length))
        && report.chipId().slice(length, 64).isZero();
  }

  private void issuers(SnpReport report, CertificateChains.Path path, SnpProduct product) {
    String issuer =
        (report.signingKey() == SnpReport.SigningKey.VLEK ? "SEV-VLEK-" : "SEV-") + product.wire();
    String found = path.leaf().issuerCommonName();
    findings.check(SnpRules.VEK_ISSUER, found.equals(issuer), issuer, found);
    List<String> others =
        path.certificates().stream()
            .map(c -> c.signatureAlgorithm().oid())
            .filter(oid -> !oid.equals(RSA_PSS))
            .toList();
    findings.check(
        SnpRules.VEK_ALGORITHM,
        others.isEmpty(),
        "RSASSA-PSS",
        others.isEmpty() ? "RSASSA-PSS" : String.join(", ", others));
  }

  /** The root signs the list; it names issuers, since a VCEK's serial number is zero. */
  private void revocation(CertificateChains.Path path, List<Document> documents) {
    Instant at = context.expectations().at();
    Certificate root = path.certificates().getLast();
    List<Crl> lists =
        CertificateDocuments.revocationLists(documents).stream()
            .filter(l -> l.isIssuedBy(root, context.signatures()))
            .filter(l -> l.isCurrentAt(at) && l.unknownCritical().isEmpty())
            .toList();
    if (lists.isEmpty()) {
      findings.notSupplied(SnpRules.CRL, "a current revocation list of the root");
      return;
    }
    findings.check(SnpRules.CRL, true, "a current revocation list of the root", "supplied");
    lists.forEach(l -> findings.digest("amd-crl", l.encoded().sha256().hex()));
    List<String> revoked =
        path.certificates().stream()
            .filter(c -> c.issuer().equals(root.subject()))
            .filter(c -> lists.stream().anyMatch(l -> l.revoked().contains(c.serialNumber())))
            .map(Certificate::commonName)
            .toList();
    findings.check(
        SnpRules.REVOKED,
        revoked.isEmpty(),
        "no certificate on the list",
        revoked.isEmpty() ? "none" : String.join(", ", revoked));
  }
}
