// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

/**
 * What of the virtual machine is measured: firmware and kernel lie in memory by it.
 *
 * @param memoryMiB of the guest
 * @param cpus of the guest
 */
public record MachineShape(int memoryMiB, int cpus) {
  /** What a pod gets unless its plan says more. */
  public static final MachineShape DEFAULT = new MachineShape(1024, 1);
}
