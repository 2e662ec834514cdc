// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.snp;

import java.util.Optional;

/** A line of processors that shares one AMD root key. */
public enum SnpProduct {
  MILAN("Milan", TcbLayout.MILAN, 64),
  /** Genoa, Bergamo and Siena. */
  GENOA("Genoa", TcbLayout.MILAN, 64),
  TURIN("Turin", TcbLayout.TURIN, 8);

  private final String wire;
  private final TcbLayout layout;
  private final int chipIdLength;

  SnpProduct(String wire, TcbLayout layout, int chipIdLength) {
    this.wire = wire;
    this.layout = layout;
    this.chipIdLength = chipIdLength;
  }

  /** The name in AMD's key service. */
  public String wire() {
    return wire;
  }

  public TcbLayout layout() {
    return layout;
  }

  /** How many bytes of the report's chip id are used; the rest is zero. */
  public int chipIdLength() {
    return chipIdLength;
  }

  /**
   * From the combined CPUID family and the combined model (extended model in the upper half);
   * ranges from AMD's processor programming references. Empty where no root is published.
   */
  public static Optional<SnpProduct> of(int family, int model) {
    if (family == 0x19 && model <= 0x0f) {
      return Optional.of(MILAN);
    }
    if (family == 0x19 && ((model >= 0x10 && model <= 0x1f) || (model >= 0xa0 && model <= 0xaf))) {
      return Optional.of(GENOA);
    }
    if (family == 0x1a && model <= 0x11) {
      return Optional.of(TURIN);
    }
    return Optional.empty();
  }

  /** From the product name in a certificate, for example {@code Milan-B0} or {@code Genoa}. */
  public static Optional<SnpProduct> named(String productName) {
    int dash = productName.indexOf('-');
    String name = dash < 0 ? productName : productName.substring(0, dash);
    for (SnpProduct product : values()) {
      if (product.wire.equals(name)) {
        return Optional.of(product);
      }
    }
    return Optional.empty();
  }
}
