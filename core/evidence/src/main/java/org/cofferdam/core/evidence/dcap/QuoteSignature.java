// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/**
 * ECDSA signature data of a quote (Quote 3: A.4; Quote 4 and 5: A.3.8), P-256.
 *
 * @param signature r ‖ s over header and body, big endian
 * @param attestationKey x ‖ y, big endian
 * @param qeReport of the quoting enclave that made the key
 * @param qeReportSignature r ‖ s by the PCK key, big endian
 * @param qeAuthData hashed with the key into the report data of {@code qeReport}
 * @param certificationType 1 to 5
 * @param certificationData PEM for 4 and 5
 */
public record QuoteSignature(
    Bytes signature,
    Bytes attestationKey,
    SgxReportBody qeReport,
    Bytes qeReportSignature,
    Bytes qeAuthData,
    int certificationType,
    Bytes certificationData) {
  /** PEM of the PCK leaf alone. */
  public static final int PCK_LEAF = 4;

  /** PEM of the PCK chain. */
  public static final int PCK_CHAIN = 5;

  private static final int QE_REPORT_CERTIFICATION = 6;

  static QuoteSignature read(ByteReader reader, int version) {
    Bytes signature = reader.octets("signature", 64);
    Bytes key = reader.octets("attestationKey", 64);
    ByteReader inner = reader;
    if (version > 3) {
      if (reader.u16le("certificationData.type") != QE_REPORT_CERTIFICATION) {
        throw reader.malformed("certificationData.type", "is not 6");
      }
      inner = reader.slice("certificationData", reader.u32le("certificationData.size"));
      reader.end("certificationData");
    }
    SgxReportBody qeReport = SgxReportBody.read(inner, "qeReport");
    Bytes qeSignature = inner.octets("qeReportSignature", 64);
    Bytes auth = inner.octets("qeAuthData", inner.u16le("qeAuthData.size"));
    int type = inner.u16le("certificationData.type");
    if (type < 1 || type > 5) {
      throw inner.malformed("certificationData.type", "is not between 1 and 5");
    }
    Bytes data = inner.octets("certificationData", inner.u32le("certificationData.size"));
    inner.end("certificationData");
    return new QuoteSignature(signature, key, qeReport, qeSignature, auth, type, data);
  }

  /** Every field by its name in the specification. */
  Json.Obj fields() {
    return Json.object()
        .put("signature", signature.hex())
        .put("attestationKey", attestationKey.hex())
        .put("qeReport", qeReport.fields())
        .put("qeReportSignature", qeReportSignature.hex())
        .put("qeAuthData", qeAuthData.hex())
        .put("certificationDataType", certificationType)
        .put("certificationData", certificationData.hex())
        .build();
  }
}
