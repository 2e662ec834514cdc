// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/**
 * REPORTBODY of an enclave, 384 bytes (SDM vol. 3D §38.15): CPUSVN 16@0, MISCSELECT 4@16,
 * ISVEXTPRODID 16@32, ATTRIBUTES 16@48 (flags, XFRM), MRENCLAVE 32@64, MRSIGNER 32@128, CONFIGID
 * 64@192, ISVPRODID 2@256, ISVSVN 2@258, CONFIGSVN 2@260, ISVFAMILYID 16@304, REPORTDATA 64@320;
 * the rest is reserved and not looked at, as the signature covers it.
 */
public record SgxReportBody(
    Bytes encoded,
    Bytes cpuSvn,
    Bytes miscSelect,
    Bytes isvExtProdId,
    Bytes attributes,
    Bytes mrEnclave,
    Bytes mrSigner,
    Bytes configId,
    int isvProdId,
    int isvSvn,
    int configSvn,
    Bytes isvFamilyId,
    Bytes reportData)
    implements QuoteBody {
  public static final int SIZE = 384;

  static SgxReportBody read(ByteReader reader, String field) {
    Bytes encoded = reader.octets(field, SIZE);
    ByteReader body = encoded.reader("REPORTBODY");
    Bytes cpuSvn = body.octets("CPUSVN", 16);
    Bytes miscSelect = body.octets("MISCSELECT", 4);
    body.skip("reserved1", 12);
    Bytes isvExtProdId = body.octets("ISVEXTPRODID", 16);
    Bytes attributes = body.octets("ATTRIBUTES", 16);
    Bytes mrEnclave = body.octets("MRENCLAVE", 32);
    body.skip("reserved2", 32);
    Bytes mrSigner = body.octets("MRSIGNER", 32);
    body.skip("reserved3", 32);
    Bytes configId = body.octets("CONFIGID", 64);
    int isvProdId = body.u16le("ISVPRODID");
    int isvSvn = body.u16le("ISVSVN");
    int configSvn = body.u16le("CONFIGSVN");
    body.skip("reserved4", 42);
    Bytes isvFamilyId = body.octets("ISVFAMILYID", 16);
    Bytes reportData = body.octets("REPORTDATA", 64);
    body.end("REPORTDATA");
    return new SgxReportBody(
        encoded,
        cpuSvn,
        miscSelect,
        isvExtProdId,
        attributes,
        mrEnclave,
        mrSigner,
        configId,
        isvProdId,
        isvSvn,
        configSvn,
        isvFamilyId,
        reportData);
  }

  /** Bit {@code n} of ATTRIBUTES.FLAGS. */
  public boolean flag(int n) {
    return (attributes.at(n / 8) & (1 << (n % 8))) != 0;
  }

  @Override
  public Json.Obj fields() {
    return Json.object()
        .put("cpuSvn", cpuSvn.hex())
        .put("miscSelect", miscSelect.hex())
        .put("isvExtProdId", isvExtProdId.hex())
        .put("attributes", attributes.hex())
        .put("mrEnclave", mrEnclave.hex())
        .put("mrSigner", mrSigner.hex())
        .put("configId", configId.hex())
        .put("isvProdId", isvProdId)
        .put("isvSvn", isvSvn)
        .put("configSvn", configSvn)
        .put("isvFamilyId", isvFamilyId.hex())
        .put("reportData", reportData.hex())
        .build();
  }
}
