// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.azure;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;

/**
 * TDREPORT as the CPU gives it, 1024 bytes (TDX Module ABI §3.9): REPORTMACSTRUCT with REPORTDATA
 * 64@128, TEE_TCB_INFO, and TDINFO at 512: ATTRIBUTES 8@512, XFAM 8@520, MRTD 48@528, MRCONFIGID
 * 48@576, MROWNER 48@624, MROWNERCONFIG 48@672, RTMR0 to 3 48@720 each. Its MAC holds on the
 * machine alone, so it proves nothing elsewhere: a quote must say the same.
 *
 * @param rtmrs RTMR0 to RTMR3
 */
public record TdReport(
    Bytes reportData,
    Bytes attributes,
    Bytes xfam,
    Bytes mrTd,
    Bytes mrConfigId,
    List<Bytes> rtmrs) {
  public TdReport {
    rtmrs = List.copyOf(rtmrs);
  }

  /**
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where it is no TDREPORT
   */
  public static TdReport parse(Bytes encoded) {
    ByteReader reader = encoded.reader("TDREPORT");
    if (reader.u8("type") != 0x81) {
      throw reader.malformed("type", "is not 0x81");
    }
    reader.skip("REPORTMACSTRUCT", 127);
    Bytes reportData = reader.octets("REPORTDATA", 64);
    reader.skip("TEE_TCB_INFO", 320);
    Bytes attributes = reader.octets("ATTRIBUTES", 8);
    Bytes xfam = reader.octets("XFAM", 8);
    Bytes mrTd = reader.octets("MRTD", 48);
    Bytes mrConfigId = reader.octets("MRCONFIGID", 48);
    reader.skip("MROWNER", 96);
    List<Bytes> rtmrs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rtmrs.add(reader.octets("RTMR" + i, 48));
    }
    reader.skip("reserved", reader.remaining());
    return new TdReport(reportData, attributes, xfam, mrTd, mrConfigId, rtmrs);
  }
}
