// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.kata;

import java.util.Optional;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Quantity;
import org.cofferdam.workload.model.Workload;

/**
 * The machine that Kata starts for a pod, with its defaults of one processor and 2 GiB: limits come
 * on top, of processors only where every container has one; init containers do not count.
 *
 * @param processors which an SNP launch digest depends on
 * @param memoryMiB which a TDX guest's RTMR0 depends on
 */
record MachineShape(long processors, long memoryMiB) {
  private static final long MILLIS = 1000;
  private static final long MEMORY_MIB = 2048;

  static MachineShape of(Workload workload) {
    long millis = 0;
    long bytes = 0;
    boolean all = true;
    for (ContainerSpec container : workload.pod().containers()) {
      Optional<Long> cpu = limit(container, "cpu").flatMap(Quantity::millis);
      all &= cpu.isPresent();
      millis += cpu.orElse(0L);
      bytes += limit(container, "memory").flatMap(Quantity::units).orElse(0L);
    }
    return new MachineShape(
        Math.ceilDiv(MILLIS + (all ? millis : 0), MILLIS), MEMORY_MIB + (bytes >> 20));
  }

  private static Optional<Quantity> limit(ContainerSpec container, String name) {
    return container
        .node()
        .at("resources", "limits", name)
        .flatMap(n -> n instanceof Node.Scalar s ? Quantity.parse(s.value()) : Optional.empty());
  }
}
