// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/**
 * Report of a trust domain (TDX DCAP Quoting Library API, Appendix A): 584 bytes in version 1.0,
 * 648 in 1.5, which adds TEE_TCB_SVN2 16@584 and MRSERVICETD 48@600.
 *
 * @param teeTcbSvn byte 0 module minor version, byte 1 module major version, byte 2 microcode
 * @param rtmrs RTMR0 to RTMR3
 * @param teeTcbSvn2 of the module that runs now; empty in version 1.0
 * @param mrServiceTd empty in version 1.0
 */
public record TdReportBody(
    Bytes teeTcbSvn,
    Bytes mrSeam,
    Bytes mrSignerSeam,
    Bytes seamAttributes,
    Bytes tdAttributes,
    Bytes xfam,
    Bytes mrTd,
    Bytes mrConfigId,
    Bytes mrOwner,
    Bytes mrOwnerConfig,
    List<Bytes> rtmrs,
    Bytes reportData,
    Bytes teeTcbSvn2,
    Bytes mrServiceTd)
    implements QuoteBody {
  public static final int SIZE_1_0 = 584;
  public static final int SIZE_1_5 = 648;

  public TdReportBody {
    rtmrs = List.copyOf(rtmrs);
  }

  static TdReportBody read(ByteReader reader, boolean is15) {
    Bytes teeTcbSvn = reader.octets("TEE_TCB_SVN", 16);
    Bytes mrSeam = reader.octets("MRSEAM", 48);
    Bytes mrSignerSeam = reader.octets("MRSIGNERSEAM", 48);
    Bytes seamAttributes = reader.octets("SEAMATTRIBUTES", 8);
    Bytes tdAttributes = reader.octets("TDATTRIBUTES", 8);
    Bytes xfam = reader.octets("XFAM", 8);
    Bytes mrTd = reader.octets("MRTD", 48);
    Bytes mrConfigId = reader.octets("MRCONFIGID", 48);
    Bytes mrOwner = reader.octets("MROWNER", 48);
    Bytes mrOwnerConfig = reader.octets("MROWNERCONFIG", 48);
    List<Bytes> rtmrs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rtmrs.add(reader.octets("RTMR" + i, 48));
    }
    Bytes reportData = reader.octets("REPORTDATA", 64);
    return new TdReportBody(
        teeTcbSvn,
        mrSeam,
        mrSignerSeam,
        seamAttributes,
        tdAttributes,
        xfam,
        mrTd,
        mrConfigId,
        mrOwner,
        mrOwnerConfig,
        rtmrs,
        reportData,
        is15 ? reader.octets("TEE_TCB_SVN2", 16) : Bytes.EMPTY,
        is15 ? reader.octets("MRSERVICETD", 48) : Bytes.EMPTY);
  }

  public boolean is15() {
    return teeTcbSvn2.length() > 0;
  }

  /** Bit {@code n} of TDATTRIBUTES. */
  public boolean attribute(int n) {
    return (tdAttributes.at(n / 8) & (1 << (n % 8))) != 0;
  }

  @Override
  public Json.Obj fields() {
    Json.Builder fields =
        Json.object()
            .put("teeTcbSvn", teeTcbSvn.hex())
            .put("mrSeam", mrSeam.hex())
            .put("mrSignerSeam", mrSignerSeam.hex())
            .put("seamAttributes", seamAttributes.hex())
            .put("tdAttributes", tdAttributes.hex())
            .put("xfam", xfam.hex())
            .put("mrTd", mrTd.hex())
            .put("mrConfigId", mrConfigId.hex())
            .put("mrOwner", mrOwner.hex())
            .put("mrOwnerConfig", mrOwnerConfig.hex());
    for (int i = 0; i < rtmrs.size(); i++) {
      fields.put("rtMr" + i, rtmrs.get(i).hex());
    }
    fields.put("reportData", reportData.hex());
    if (is15()) {
      fields.put("teeTcbSvn2", teeTcbSvn2.hex()).put("mrServiceTd", mrServiceTd.hex());
    }
    return fields.build();
  }
}
