// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.azure;

import java.util.Arrays;
import java.util.Optional;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.dcap.TdxVerifier;
import org.cofferdam.core.attestation.snp.SnpReports;
import org.cofferdam.core.attestation.tpm.TpmVerifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.azure.HclReport;
import org.cofferdam.core.evidence.azure.TdReport;
import org.cofferdam.core.evidence.dcap.Quote;
import org.cofferdam.core.evidence.dcap.TdReportBody;
import org.cofferdam.core.evidence.snp.SnpReport;

/**
 * Evidence of Azure's confidential VMs: the hardware's report (SNP or TDX) carries the hash of the
 * runtime data, which names the vTPM's attestation key, which signs the quote with the challenge.
 */
public final class AzureVtpmVerifier implements FormatVerifier {
  private static final String VTPM_CA = "Azure Virtual TPM";

  @Override
  public String kind() {
    return "azure-vtpm";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return AzureMaterial.recognises(evidence.documents());
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    AzureMaterial material = AzureMaterial.of(evidence.documents());
    HclReport hcl = HclReport.parse(material.hclReport());
    Findings findings = context.findings();
    Bytes key = hcl.attestationKey();
    if (material.tpm().isEmpty()) {
      findings.missing(AzureRules.QUOTE_GIVEN, "a quote of the vTPM");
    } else if (!TpmVerifier.quotes(material.tpm().get(), key, context)) {
      return;
    }
    certificate(material, key, findings);
    if (hcl.hardware() == HclReport.Hardware.SNP) {
      SnpReport report = SnpReport.parse(hcl.hardwareReport());
      if (bound(report.reportData(), hcl, findings)) {
        new SnpReports(context).verify(report, material.beside());
      }
    } else {
      tdx(material, hcl, context);
    }
    if (!findings.proofFailed()) {
      findings.claim("azure", claims(hcl));
    }
  }

  /** Azure's certificate of the key, where it was sent; the hardware vouches for the key anyway. */
  private static void certificate(AzureMaterial material, Bytes key, Findings findings) {
    for (Document document : material.beside()) {
      Bytes content = document.content();
      if (content.length() > 4 && content.at(0) == 0x30 && content.at(1) == 0x82) {
        Certificate certificate = Certificate.parsePadded(content);
        if (certificate.issuerCommonName().startsWith(VTPM_CA)) {
          findings.check(
              AzureRules.AK_CERTIFICATE,
              certificate.spki().equals(key),
              key.sha256().hex(),
              certificate.spki().sha256().hex());
        }
      }
    }
  }

  private static void tdx(AzureMaterial material, HclReport hcl, Context context) {
    TdReport report = TdReport.parse(hcl.hardwareReport());
    Findings findings = context.findings();
    if (!bound(report.reportData(), hcl, findings)) {
      return;
    }
    Optional<Bytes> encoded = material.tdQuote();
    if (encoded.isEmpty()) {
      findings.missing(AzureRules.TD_QUOTE_GIVEN, "the TD quote of this report");
      return;
    }
    Quote quote = Quote.parse(encoded.get());
    boolean same =
        quote.body() instanceof TdReportBody body
            && body.reportData().equals(report.reportData())
            && body.mrTd().equals(report.mrTd())
            && body.mrConfigId().equals(report.mrConfigId())
            && body.rtmrs().equals(report.rtmrs())
            && body.tdAttributes().equals(report.attributes())
            && body.xfam().equals(report.xfam());
    if (findings.check(
        AzureRules.TD_QUOTE,
        same,
        "the report data and measurements of the TDREPORT",
        "report data " + quote.body().reportData().hex())) {
      TdxVerifier.inside(quote, context);
    }
  }

  private static boolean bound(Bytes reportData, HclReport hcl, Findings findings) {
    Bytes wanted = Bytes.of(Arrays.copyOf(hcl.hash().toArray(), reportData.length()));
    return findings.check(
        AzureRules.RUNTIME_DATA, wanted.equals(reportData), wanted.hex(), reportData.hex());
  }

  private static Json.Obj claims(HclReport hcl) {
    Json.Obj runtime = hcl.runtime();
    Json.Builder claims = Json.object().put("attestation-key", hcl.attestationKey().sha256().hex());
    runtime.get("vm-configuration").ifPresent(c -> claims.put("vm-configuration", c));
    runtime.get("user-data").ifPresent(d -> claims.put("user-data", d));
    return claims.build();
  }
}
