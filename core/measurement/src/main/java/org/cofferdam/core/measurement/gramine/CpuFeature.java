// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.gramine;

/**
 * Groups of XFRM bits, in the order in which Gramine applies them. AVX512 contains the bit of AVX,
 * so what is said of it overrides what was said of AVX.
 */
public enum CpuFeature {
  AVX(0x4),
  AVX512(0xe4),
  AMX(0x60000),
  MPX(0x18),
  PKRU(0x200);

  private final long bits;

  CpuFeature(long bits) {
    this.bits = bits;
  }

  long bits() {
    return bits;
  }

  /** What a manifest says of a feature. */
  public enum Use {
    /** The host decides. */
    UNSPECIFIED,
    DISABLED,
    REQUIRED
  }
}
