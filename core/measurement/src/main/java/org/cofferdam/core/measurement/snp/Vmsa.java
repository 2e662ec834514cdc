// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.snp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The state in which a virtual processor starts (AMD64 manual 2, table B-4), as a page. */
final class Vmsa {
  private final ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

  private Vmsa() {}

  /**
   * @param eip where it starts
   * @param first the processor that starts by itself
   */
  static byte[] page(Vmm vmm, long eip, boolean first, int signature, long features) {
    Vmsa area = new Vmsa();
    boolean qemu = vmm == Vmm.QEMU;
    boolean ec2 = vmm == Vmm.EC2;
    area.segment(0x00, 0, 0x93, 0);
    area.segment(0x10, 0xf000, ec2 && first ? 0x9a : 0x9b, (int) (eip & 0xffff0000L));
    area.segment(0x20, 0, ec2 ? 0x92 : 0x93, 0);
    area.segment(0x30, 0, 0x93, 0);
    area.segment(0x40, 0, 0x93, 0);
    area.segment(0x50, 0, 0x93, 0);
    area.segment(0x60, 0, 0, 0);
    area.segment(0x70, 0, 0x82, 0);
    area.segment(0x80, 0, 0, 0);
    area.segment(0x90, 0, ec2 ? 0x83 : 0x8b, 0);
    area.page.putLong(0xd0, 0x1000);
    area.page.putLong(0x148, 0x40);
    area.page.putLong(0x158, 0x10);
    area.page.putLong(0x160, 0x400);
    area.page.putLong(0x168, 0xffff0ff0L);
    area.page.putLong(0x170, 2);
    area.page.putLong(0x178, eip & 0xffff);
    area.page.putLong(0x268, vmm == Vmm.GCE ? 0x70106L : 0x0007040600070406L);
    area.page.putLong(0x310, qemu ? signature : 0x600);
    area.page.putLong(0x3b0, features);
    area.page.putLong(0x3e8, 1);
    if (qemu) {
      area.page.putInt(0x408, 0x1f80);
      area.page.putShort(0x410, (short) 0x37f);
    }
    return area.page.array();
  }

  private void segment(int at, int selector, int attributes, int base) {
    page.putShort(at, (short) selector)
        .putShort(at + 2, (short) attributes)
        .putInt(at + 4, 0xffff)
        .putLong(at + 8, Integer.toUnsignedLong(base));
  }
}
