// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.nvidia;

import java.util.Arrays;

/** Types of the fields in the opaque data of a GPU's or switch's report. */
public enum OpaqueField {
  CERT_ISSUER_NAME(1),
  CERT_AUTHORITY_KEY_IDENTIFIER(2),
  DRIVER_VERSION(3),
  GPU_INFO(4),
  SKU(5),
  VBIOS_VERSION(6),
  MANUFACTURER_ID(7),
  TAMPER_DETECTION(8),
  SMC(9),
  VPR(10),
  NVDEC0_STATUS(11),
  MSRSCNT(12),
  CPRINFO(13),
  BOARD_ID(14),
  CHIP_SKU(15),
  CHIP_SKU_MOD(16),
  PROJECT(17),
  PROJECT_SKU(18),
  PROJECT_SKU_MOD(19),
  FWID(20),
  PROTECTED_PCIE_STATUS(21),
  SWITCH_PDI(22),
  FLOORSWEPT_PORTS(23),
  POSITION_ID(24),
  LOCK_SWITCH_STATUS(25),
  SWITCH_GPU_PDIS(26),
  SWITCH_PORTS(27),
  GPU_LINK_CONN(32),
  SYS_ENABLE_STATUS(33),
  OPAQUE_DATA_VERSION(34),
  CHIP_INFO(35),
  FEATURE_FLAG(36),
  INVALID(255);

  private final int number;

  OpaqueField(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The name, or {@code TYPE_n} for a type that is not known. */
  public static String name(int number) {
    return Arrays.stream(values())
        .filter(f -> f.number == number)
        .findFirst()
        .map(Enum::name)
        .orElse("TYPE_" + number);
  }
}
