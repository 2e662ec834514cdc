// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.boot;

/**
 * All that decides what a direct boot under QEMU and OVMF measures.
 *
 * @param firmware of the machine
 * @param kernel the kernel file, as it lies on disk
 * @param initrd the initial RAM disk
 * @param commandLine as given to QEMU's {@code -append}
 * @param memoryMiB of the guest
 */
public record GuestInputs(
    FirmwareInputs firmware, byte[] kernel, byte[] initrd, String commandLine, int memoryMiB) {}
