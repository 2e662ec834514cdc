// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.snp;

import org.cofferdam.core.bytes.json.Json;

/**
 * PLATFORM_INFO: what the firmware says of the machine.
 *
 * @param bits the 64 bits; unknown ones are kept
 */
public record PlatformInfo(long bits) {
  private static final long KNOWN = 0xbfL;

  public boolean smtEnabled() {
    return bit(0);
  }

  public boolean tsmeEnabled() {
    return bit(1);
  }

  public boolean eccEnabled() {
    return bit(2);
  }

  public boolean raplDisabled() {
    return bit(3);
  }

  public boolean ciphertextHiding() {
    return bit(4);
  }

  /** The firmware found no aliased memory (AMD-SB-3015). */
  public boolean aliasCheckComplete() {
    return bit(5);
  }

  public boolean tioEnabled() {
    return bit(7);
  }

  /** Bits that this version of the layout does not name; bit 6 is set on Turin. */
  public long unknownBits() {
    return bits & ~KNOWN;
  }

  public Json.Obj toJson() {
    return Json.object()
        .put("bits", Long.toHexString(bits))
        .put("smt_en", smtEnabled())
        .put("tsme_en", tsmeEnabled())
        .put("ecc_en", eccEnabled())
        .put("rapl_dis", raplDisabled())
        .put("ciphertext_hiding_dram_en", ciphertextHiding())
        .put("alias_check_complete", aliasCheckComplete())
        .put("tio_en", tioEnabled())
        .build();
  }

  private boolean bit(int n) {
    return (bits >>> n & 1) == 1;
  }
}
