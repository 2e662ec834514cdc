// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.snp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferdam.core.attestation.Bindings;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.uvm.UvmChecks;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.snp.SnpJsonEvidence;
import org.cofferdam.core.evidence.snp.SnpReport;

/**
 * An SNP report: bare, in the answer of the guest's firmware call, or as JSON. Beside it there may
 * be certificates, and on Azure container instances the guest's policy and Microsoft's endorsement
 * of the utility VM.
 */
public final class SnpVerifier implements FormatVerifier {
  private static final int RESPONSE_HEAD = 0x20;
  private static final int RESPONSE_LENGTH = 4000;

  @Override
  public String kind() {
    return "snp-report";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return evidence.documents().stream().anyMatch(d -> holdsReport(d.content()));
  }

  private static boolean holdsReport(Bytes content) {
    return isBare(content) || isResponse(content) || json(content).isPresent();
  }

  /** The right length, a small version, and the only signature algorithm there is or none. */
  private static boolean isBare(Bytes content) {
    return content.length() == SnpReport.LENGTH
        && content.at(0) < 16
        && content.slice(1, 4).isZero()
        && content.at(0x34) < 2
        && content.slice(0x35, 0x38).isZero();
  }

  /** MSG_REPORT_RSP in the buffer of the kernel: status 0, then the report's length. */
  private static boolean isResponse(Bytes content) {
    return content.length() == RESPONSE_LENGTH
        && content.slice(0, 8).equals(Bytes.ofHex("00000000a0040000"));
  }

  private static Optional<Json> json(Bytes content) {
    if (content.length() == 0 || content.at(0) != '{') {
      return Optional.empty();
    }
    try {
      Json json = Json.parse(content.toArray());
      return SnpJsonEvidence.looksLike(json) ? Optional.of(json) : Optional.empty();
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    Document document =
        evidence.documents().stream()
            .filter(d -> holdsReport(d.content()))
            .findFirst()
            .orElse(evidence.first());
    List<Document> beside = evidence.documents().stream().filter(d -> !d.equals(document)).toList();
    Optional<Json> json = json(document.content());
    SnpReport report;
    if (json.isPresent()) {
      SnpJsonEvidence parsed = SnpJsonEvidence.parse(json.get());
      report = parsed.report();
      beside =
          Stream.concat(
                  parsed.certificates().stream().map(c -> new Document("cert_chain", c)),
                  beside.stream())
              .toList();
    } else {
      report = SnpReport.parse(unwrap(document.content()));
    }
    Bindings.field(context, report.reportData());
    new SnpReports(context).verify(report, beside);
    new UvmChecks(context).beside(report, beside);
  }

  private static Bytes unwrap(Bytes content) {
    if (!isResponse(content)) {
      return content;
    }
    ByteReader in = content.reader("MSG_REPORT_RSP");
    in.skip("head", RESPONSE_HEAD);
    Bytes report = Bytes.of(in.bytes("report", SnpReport.LENGTH));
    while (in.remaining() > 0) {
      if (in.u8("padding") != 0) {
        throw in.malformed("padding", "is not zero");
      }
    }
    return report;
  }
}
