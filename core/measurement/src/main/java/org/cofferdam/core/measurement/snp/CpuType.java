// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.snp;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A processor model as QEMU names it; only its CPUID signature is measured.
 *
 * @param name as given
 * @param signature CPUID function 1, EAX
 */
public record CpuType(String name, int signature) {
  /** By QEMU's names without their versions, which do not change the signature. */
  private static final Map<String, Integer> MODELS =
      Map.of(
          "epyc", signature(23, 1, 2),
          "epyc-ibpb", signature(23, 1, 2),
          "epyc-rome", signature(23, 49, 0),
          "epyc-milan", signature(25, 1, 1),
          "epyc-genoa", signature(25, 17, 0),
          "epyc-turin", signature(26, 0, 0));

  /** A model, with or without a version such as {@code -v4}. */
  public static Optional<CpuType> of(String name) {
    String model = name.toLowerCase(Locale.ROOT).replaceAll("-v[0-9]{1,2}$", "");
    return Optional.ofNullable(MODELS.get(model)).map(s -> new CpuType(name, s));
  }

  /** Family, model and stepping in the form of CPUID. */
  static int signature(int family, int model, int stepping) {
    return (family - 15) << 20 | (model >> 4) << 16 | 0xf00 | (model & 15) << 4 | stepping;
  }
}
