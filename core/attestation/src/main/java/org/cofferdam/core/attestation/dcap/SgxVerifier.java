// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.dcap;

import java.util.List;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.dcap.Quote;
import org.cofferdam.core.evidence.dcap.SgxReportBody;

/** DCAP quotes of SGX enclaves, version 3, 4 and 5. */
public final class SgxVerifier implements FormatVerifier {
  private static final int INIT = 0;
  private static final int DEBUG = 1;
  private static final int MODE64 = 2;
  private static final int PROVISION_KEY = 4;
  private static final int EINITTOKEN_KEY = 5;

  private final DcapCache cache = new DcapCache();

  @Override
  public String kind() {
    return "sgx-quote";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return evidence.documents().stream()
        .anyMatch(d -> isQuote(d.content()) && d.content().at(4) == 0);
  }

  /** By Intel's vendor id, or by version and key type. */
  static boolean isQuote(Bytes content) {
    return content.length() >= 48
        && (content.slice(12, 28).equals(Quote.INTEL)
            || (content.at(0) >= 3
                && content.at(0) <= 5
                && content.at(1) == 0
                && content.at(2) == 2
                && content.at(3) == 0));
  }

  /** What came with the quote. */
  static List<Document> beside(Evidence evidence) {
    return evidence.documents().stream().filter(d -> !isQuote(d.content())).toList();
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    Findings findings = context.findings();
    Bytes encoded =
        evidence.documents().stream()
            .map(d -> d.content())
            .filter(SgxVerifier::isQuote)
            .findFirst()
            .orElse(evidence.first().content());
    Quote quote = Quote.parse(encoded);
    if (!(quote.body() instanceof SgxReportBody body)) {
      findings.check(DcapRules.KIND, false, kind(), "tdx-quote");
      return;
    }
    boolean proven = new DcapCheck(context, quote, beside(evidence), cache).verify();
    QuoteBinding.check(body.reportData(), context.expectations(), findings);
    if (proven) {
      findings.claim("sgx", claims(body));
      policy(body, findings);
    }
  }

  private static void policy(SgxReportBody body, Findings findings) {
    String attributes = body.attributes().hex();
    findings.check(DcapRules.SGX_DEBUG, !body.flag(DEBUG), "DEBUG clear", attributes);
    findings.check(
        DcapRules.SGX_INIT, body.flag(INIT) && body.flag(MODE64), "INIT, MODE64BIT", attributes);
    findings.check(
        DcapRules.SGX_KEYS,
        !body.flag(PROVISION_KEY) && !body.flag(EINITTOKEN_KEY),
        "PROVISIONKEY and EINITTOKENKEY clear",
        attributes);
  }

  private static Json.Obj claims(SgxReportBody body) {
    return Json.object()
        .put("mrenclave", body.mrEnclave().hex())
        .put("mrsigner", body.mrSigner().hex())
        .put("isvProdId", body.isvProdId())
        .put("isvSvn", body.isvSvn())
        .put("attributes", body.attributes().hex())
        .put("miscSelect", body.miscSelect().hex())
        .put("configId", body.configId().hex())
        .put("configSvn", body.configSvn())
        .put("isvFamilyId", body.isvFamilyId().hex())
        .put("isvExtProdId", body.isvExtProdId().hex())
        .put("reportData", body.reportData().hex())
        .put("debug", body.flag(DEBUG))
        .build();
  }
}
