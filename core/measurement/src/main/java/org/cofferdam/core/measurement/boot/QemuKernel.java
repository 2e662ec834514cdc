// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.boot;

import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * The kernel file as the firmware sees it under QEMU's {@code -kernel}: QEMU fills the boot
 * loader's fields of the setup header (Linux {@code Documentation/x86/boot.rst}) before it hands
 * the file over, so these fields are part of what is measured.
 */
public final class QemuKernel {
  private static final int HEADER_MAGIC = 0x202;
  private static final int TYPE_OF_LOADER = 0x210;
  private static final int LOAD_FLAGS = 0x211;
  private static final int RAMDISK_IMAGE = 0x218;
  private static final int RAMDISK_SIZE = 0x21c;
  private static final int HEAP_END = 0x224;
  private static final int COMMAND_LINE = 0x228;
  private static final int INITRD_MAX = 0x22c;
  private static final int HEADER_END = 0x268;

  private static final byte LOADER_QEMU = (byte) 0xb0;
  private static final byte CAN_USE_HEAP = (byte) 0x80;
  private static final int MAGIC = 0x53726448;

  /** What QEMU keeps free below the end of low memory for ACPI tables. */
  private static final long ACPI_DATA = 0x20000 + 0x8000;

  /** Below 4 GiB a q35 machine has at most this much memory, once it has 2.75 GiB or more. */
  private static final long LOW_MEMORY_LIMIT = 0xb0000000L;

  private static final long LOW_MEMORY_REST = 0x80000000L;

  private QemuKernel() {}

  /**
   * @param kernel a bzImage with boot protocol 2.12 or later
   * @param initrdSize in bytes
   * @param memoryMiB of the guest
   * @throws MalformedEvidenceException where it is not such a kernel
   */
  public static byte[] asLoaded(byte[] kernel, long initrdSize, int memoryMiB) {
    if (kernel.length < HEADER_END || u32(kernel, HEADER_MAGIC) != MAGIC) {
      throw new MalformedEvidenceException("bzImage", "header magic", HEADER_MAGIC, "is not HdrS");
    }
    byte[] loaded = kernel.clone();
    loaded[TYPE_OF_LOADER] = LOADER_QEMU;
    loaded[LOAD_FLAGS] |= CAN_USE_HEAP;
    loaded[HEAP_END] = 0;
    loaded[HEAP_END + 1] = (byte) 0xfe;
    put(loaded, COMMAND_LINE, 0x20000);
    if (initrdSize > 0) {
      long memory = (long) memoryMiB << 20;
      long low = memory >= LOW_MEMORY_LIMIT ? LOW_MEMORY_REST : memory;
      long limit = Math.min(low - ACPI_DATA - 1, u32(kernel, INITRD_MAX) & 0xffffffffL);
      put(loaded, RAMDISK_IMAGE, (limit - initrdSize) & ~0xfffL);
      put(loaded, RAMDISK_SIZE, initrdSize);
    }
    return loaded;
  }

  private static int u32(byte[] in, int at) {
    return (in[at] & 0xff)
        | ((in[at + 1] & 0xff) << 8)
        | ((in[at + 2] & 0xff) << 16)
        | ((in[at + 3] & 0xff) << 24);
  }

  private static void put(byte[] in, int at, long value) {
    for (int i = 0; i < 4; i++) {
      in[at + i] = (byte) (value >> (8 * i));
    }
  }
}
