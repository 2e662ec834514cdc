// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.snp;

import org.cofferdam.core.bytes.json.Json;

/**
 * POLICY of the guest (SEV-SNP ABI §4.3), fixed at launch.
 *
 * @param bits the 64 bits; unknown ones are kept
 */
public record GuestPolicy(long bits) {
  private static final long KNOWN = 0x3ffffffL;

  public int abiMinor() {
    return (int) (bits & 0xff);
  }

  public int abiMajor() {
    return (int) (bits >>> 8 & 0xff);
  }

  public boolean smtAllowed() {
    return bit(16);
  }

  /** Must be one. */
  public boolean reservedOne() {
    return bit(17);
  }

  public boolean migrationAgentAllowed() {
    return bit(18);
  }

  public boolean debugAllowed() {
    return bit(19);
  }

  public boolean singleSocket() {
    return bit(20);
  }

  public boolean cxlAllowed() {
    return bit(21);
  }

  public boolean aes256XtsRequired() {
    return bit(22);
  }

  public boolean raplDisabled() {
    return bit(23);
  }

  public boolean ciphertextHidingRequired() {
    return bit(24);
  }

  public boolean pageSwapDisabled() {
    return bit(25);
  }

  /** Bits that this version of the layout does not name. */
  public long unknownBits() {
    return bits & ~KNOWN;
  }

  public Json.Obj toJson() {
    return Json.object()
        .put("bits", Long.toHexString(bits))
        .put("abi_minor", abiMinor())
        .put("abi_major", abiMajor())
        .put("smt_allowed", smtAllowed())
        .put("migrate_ma_allowed", migrationAgentAllowed())
        .put("debug_allowed", debugAllowed())
        .put("single_socket_required", singleSocket())
        .put("cxl_allowed", cxlAllowed())
        .put("mem_aes_256_xts", aes256XtsRequired())
        .put("rapl_dis", raplDisabled())
        .put("ciphertext_hiding", ciphertextHidingRequired())
        .put("page_swap_disabled", pageSwapDisabled())
        .build();
  }

  private boolean bit(int n) {
    return (bits >>> n & 1) == 1;
  }
}
