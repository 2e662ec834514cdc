// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.snp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.cofferdam.core.bytes.Digests;

/**
 * The table with which QEMU tells OVMF what it may boot: SHA-256 of kernel, initrd and command
 * line.
 */
final class KernelHashes {
  private static final UUID TABLE = UUID.fromString("9438d606-4f22-4cc9-b479-a793d411fd21");
  private static final UUID COMMAND_LINE = UUID.fromString("97d02dd8-bd20-4c94-aa78-e7714d36ab2a");
  private static final UUID INITRD = UUID.fromString("44baf731-3a2f-4bd7-9af1-41e29169781d");
  private static final UUID KERNEL = UUID.fromString("4de79437-abd2-427f-b835-d5b172d2045b");
  private static final int GUID = 16;
  private static final int ENTRY = GUID + 2 + 32;
  private static final int SIZE = GUID + 2 + 3 * ENTRY;

  private KernelHashes() {}

  /** A page of zeros with the table at this offset. */
  static byte[] page(byte[] kernel, byte[] initrd, String append, int offset) {
    ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    page.position(offset);
    put(page, TABLE, SIZE);
    put(page, COMMAND_LINE, ENTRY);
    page.put(Digests.sha256((append + "\0").getBytes(StandardCharsets.UTF_8)));
    put(page, INITRD, ENTRY);
    page.put(Digests.sha256(initrd));
    put(page, KERNEL, ENTRY);
    page.put(Digests.sha256(kernel));
    return page.array();
  }

  private static void put(ByteBuffer page, UUID guid, int length) {
    long high = guid.getMostSignificantBits();
    page.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
    page.order(ByteOrder.BIG_ENDIAN).putLong(guid.getLeastSignificantBits());
    page.order(ByteOrder.LITTLE_ENDIAN).putShort((short) length);
  }
}
