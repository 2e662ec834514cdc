// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/**
 * A DCAP quote of version 3 (SGX), 4 or 5 (SGX, TDX). Header, 48 bytes: version 2@0, attestation
 * key type 2@2, TEE type 4@4 (reserved in version 3), QE SVN 2@8, PCE SVN 2@10, QE vendor id 16@12,
 * user data 20@28. Body at 48; version 5 puts body type 2 and body size 4 before it. Then the
 * signature data with its length of 4 bytes.
 *
 * @param signed header, body descriptor and body: what the attestation key signs
 * @param padding zero bytes behind the declared end, as drivers with fixed buffers give
 */
public record Quote(
    Bytes signed,
    int version,
    int attestationKeyType,
    long teeType,
    int qeSvn,
    int pceSvn,
    Bytes qeVendorId,
    Bytes userData,
    QuoteBody body,
    QuoteSignature signature,
    int padding) {
  public static final Bytes INTEL = Bytes.ofHex("939a7233f79c4ca9940a0db3957f0607");

  private static final String FORMAT = "DCAP quote";
  private static final long SGX = 0;
  private static final long TDX = 0x81;
  private static final int ECDSA_P256 = 2;

  /**
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException on anything but one whole quote,
   *     zeros behind it allowed
   */
  public static Quote parse(Bytes encoded) {
    ByteReader reader = encoded.reader(FORMAT);
    int version = reader.u16le("version");
    if (version < 3 || version > 5) {
      throw reader.malformed("version", "is " + version + ", not 3, 4 or 5");
    }
    int keyType = reader.u16le("attestationKeyType");
    if (keyType != ECDSA_P256) {
      throw reader.malformed("attestationKeyType", "is " + keyType + ", not 2 (ECDSA P-256)");
    }
    long teeType = reader.u32le("teeType");
    if (teeType != SGX && (version == 3 || teeType != TDX)) {
      throw reader.malformed("teeType", "is unknown: 0x%x".formatted(teeType));
    }
    int qeSvn = reader.u16le("qeSvn");
    int pceSvn = reader.u16le("pceSvn");
    Bytes vendor = reader.octets("qeVendorId", 16);
    if (!vendor.equals(INTEL)) {
      throw reader.malformed("qeVendorId", "is not Intel's");
    }
    Bytes userData = reader.octets("userData", 20);
    QuoteBody body = body(reader, version, teeType);
    Bytes signed = encoded.slice(0, reader.position());
    ByteReader data = reader.slice("signatureData", reader.u32le("signatureData.size"));
    QuoteSignature signature = QuoteSignature.read(data, version);
    data.end("signatureData");
    int padding = reader.remaining();
    if (!encoded.slice(reader.position(), encoded.length()).isZero()) {
      throw reader.malformed("padding", "something else than zeros follows the quote");
    }
    return new Quote(
        signed, version, keyType, teeType, qeSvn, pceSvn, vendor, userData, body, signature,
        padding);
  }

  private static QuoteBody body(ByteReader reader, int version, long teeType) {
    if (version < 5) {
      return teeType == SGX ? SgxReportBody.read(reader, "body") : TdReportBody.read(reader, false);
    }
    int type = reader.u16le("bodyType");
    long size = reader.u32le("bodySize");
    long wanted =
        switch (type) {
          case 1 -> SgxReportBody.SIZE;
          case 2 -> TdReportBody.SIZE_1_0;
          case 3 -> TdReportBody.SIZE_1_5;
          default -> throw reader.malformed("bodyType", "is unknown: " + type);
        };
    if (size != wanted || (type == 1) != (teeType == SGX)) {
      throw reader.malformed("bodySize", "or TEE type does not fit body type " + type);
    }
    return type == 1 ? SgxReportBody.read(reader, "body") : TdReportBody.read(reader, type == 3);
  }

  /** Every field by its name in the specification. */
  public Json.Obj fields() {
    return Json.object()
        .put("version", version)
        .put("attestationKeyType", attestationKeyType)
        .put("teeType", teeType)
        .put("qeSvn", qeSvn)
        .put("pceSvn", pceSvn)
        .put("qeVendorId", qeVendorId.hex())
        .put("userData", userData.hex())
        .put("body", body.fields())
        .put("signatureData", signature.fields())
        .put("padding", padding)
        .build();
  }
}
