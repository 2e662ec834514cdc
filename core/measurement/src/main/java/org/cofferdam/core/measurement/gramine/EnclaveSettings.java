// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.gramine;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a manifest says of the enclave itself.
 *
 * @param size bytes, a power of two
 * @param threads 1 to 4096
 * @param edmm heap pages are added while the enclave runs, so none is measured
 * @param exInfo MISCSELECT.EXINFO
 * @param features absent is {@link CpuFeature.Use#UNSPECIFIED}
 */
public record EnclaveSettings(
    long size,
    int threads,
    boolean edmm,
    boolean debug,
    boolean exInfo,
    int isvProdId,
    int isvSvn,
    Map<CpuFeature, CpuFeature.Use> features) {
  /** The most that is measured page by page; more takes minutes and gigabytes of records. */
  static final long MAX_MEASURED = 256L << 30;

  private static final long FLAG_DEBUG = 0x2;
  private static final long FLAG_MODE64 = 0x4;
  private static final long XFRM_LEGACY = 0x3;
  private static final long XFRM_MASK = 0xfffffffffff9ff1bL;

  /**
   * @throws IllegalArgumentException where a value is out of range; the message names the
   *     manifest's key
   */
  public EnclaveSettings {
    if (size < 4096 || Long.bitCount(size) != 1) {
      throw new IllegalArgumentException("sgx.enclave_size is not a power of two: " + size);
    }
    if (!edmm && size > MAX_MEASURED) {
      throw new IllegalArgumentException(
          "sgx.enclave_size is above 256G without sgx.edmm_enable: every page would be measured");
    }
    if (threads < 1 || threads > 4096) {
      throw new IllegalArgumentException("sgx.max_threads is not 1 to 4096: " + threads);
    }
    if ((isvProdId & ~0xffff) != 0) {
      throw new IllegalArgumentException("sgx.isvprodid is not 0 to 65535: " + isvProdId);
    }
    if ((isvSvn & ~0xffff) != 0) {
      throw new IllegalArgumentException("sgx.isvsvn is not 0 to 65535: " + isvSvn);
    }
    Map<CpuFeature, CpuFeature.Use> all = new EnumMap<>(CpuFeature.class);
    for (CpuFeature feature : CpuFeature.values()) {
      all.put(feature, features.getOrDefault(feature, CpuFeature.Use.UNSPECIFIED));
    }
    features = Map.copyOf(all);
  }

  /** ATTRIBUTES.FLAGS. */
  public long flags() {
    return FLAG_MODE64 | (debug ? FLAG_DEBUG : 0);
  }

  /** ATTRIBUTES.XFRM. */
  public long xfrm() {
    long xfrm = XFRM_LEGACY;
    for (CpuFeature feature : CpuFeature.values()) {
      xfrm =
          switch (use(feature)) {
            case UNSPECIFIED -> xfrm;
            case DISABLED -> xfrm & ~feature.bits();
            case REQUIRED -> xfrm | feature.bits();
          };
    }
    return xfrm;
  }

  /** The mask over {@link #xfrm()}: a feature that the manifest speaks of is fixed. */
  public long xfrmMask() {
    long mask = XFRM_MASK;
    for (CpuFeature feature : CpuFeature.values()) {
      if (use(feature) != CpuFeature.Use.UNSPECIFIED) {
        mask |= feature.bits();
      }
    }
    return mask;
  }

  private CpuFeature.Use use(CpuFeature feature) {
    return features.getOrDefault(feature, CpuFeature.Use.UNSPECIFIED);
  }
}
