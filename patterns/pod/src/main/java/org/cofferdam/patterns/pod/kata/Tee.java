// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.kata;

import java.util.Locale;
import java.util.Optional;
import org.cofferdam.core.protocol.initdata.InitDataAlgorithm;

/** What a node has, and the runtime class that Kata gives it. */
public enum Tee {
  SNP("kata-qemu-snp", InitDataAlgorithm.SHA256),
  TDX("kata-qemu-tdx", InitDataAlgorithm.SHA384),
  SE("kata-qemu-se", InitDataAlgorithm.SHA256),
  GPU_SNP("kata-qemu-nvidia-gpu-snp", InitDataAlgorithm.SHA256),
  GPU_TDX("kata-qemu-nvidia-gpu-tdx", InitDataAlgorithm.SHA384),
  /** Virtual machines of a cloud, which a worker starts beside itself. */
  REMOTE("kata-remote", InitDataAlgorithm.SHA256),
  /** No hardware: for development, and said so. */
  DEVELOPMENT("kata-qemu-coco-dev", InitDataAlgorithm.SHA256),
  /** Arm's realms, for which no runtime is shipped. */
  CCA("kata-qemu-cca", InitDataAlgorithm.SHA512);

  private final String runtimeClass;
  private final InitDataAlgorithm algorithm;

  Tee(String runtimeClass, InitDataAlgorithm algorithm) {
    this.runtimeClass = runtimeClass;
    this.algorithm = algorithm;
  }

  public String runtimeClass() {
    return runtimeClass;
  }

  /** The digest that its field holds whole. */
  public InitDataAlgorithm algorithm() {
    return algorithm;
  }

  /** As options spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** By the class a manifest names, of either of Kata's runtimes. */
  static Optional<Tee> ofClass(String name) {
    for (Tee tee : values()) {
      if (name.equals(tee.runtimeClass) || name.equals(tee.runtimeClass + "-runtime-rs")) {
        return Optional.of(tee);
      }
    }
    return Optional.empty();
  }
}
