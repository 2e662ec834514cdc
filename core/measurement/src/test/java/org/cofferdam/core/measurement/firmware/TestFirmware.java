// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.firmware;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Small firmware files of OVMF's form. */
public final class TestFirmware {
  public static final int PEI_SIZE = 256;

  private TestFirmware() {}

  /** Two volumes, the first of 0x11, with room for variables, the second of {@code dxe}. */
  public static byte[] code(int dxe) {
    byte[] pei = new byte[PEI_SIZE];
    Arrays.fill(pei, 0, 128, (byte) 0x11);
    byte[] second = new byte[512];
    Arrays.fill(second, (byte) dxe);
    return code(section(0x19, new byte[8]), section(0x17, pei), section(0x17, second));
  }

  /** A code file around these sections. */
  public static byte[] code(byte[]... sections) {
    int length = Arrays.stream(sections).mapToInt(s -> s.length).sum();
    ByteBuffer plain = ByteBuffer.allocate(length);
    Arrays.stream(sections).forEach(plain::put);
    byte[] packed = LzmaLiterals.encode(plain.array());
    int size = 24 + packed.length;
    return ByteBuffer.allocate(0x90 + size + 64)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(0x90)
        .putInt(size | 0x02 << 24)
        .put(HexFormat.of().parseHex("98584eee143959429d6edc7bd79403cf"))
        .putShort((short) 24)
        .putShort((short) 1)
        .put(packed)
        .array();
  }

  /** A section of this type whose length is a multiple of four. */
  public static byte[] section(int type, byte[] body) {
    return ByteBuffer.allocate(4 + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((4 + body.length) | type << 24)
        .put(body)
        .array();
  }

  /** A variables file that holds these global variables of one byte each. */
  public static byte[] variables(String... names) {
    ByteBuffer file = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.fill(file.array(), 0x48, 1024, (byte) 0xff);
    file.position(32).putLong(1024).put("_FVH".getBytes(StandardCharsets.US_ASCII));
    file.putInt(0).putShort((short) 0x48);
    file.position(0x48);
    file.put(HexFormat.of().parseHex("782cf3aa7b949a43a1802e144ec37792"));
    file.putInt(1024 - 0x48).putLong(0);
    for (String name : names) {
      byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_16LE);
      file.putShort((short) 0x55aa).put((byte) 0x3f).put((byte) 0).putInt(7);
      file.put(new byte[8 + 16 + 4]).putInt(text.length).putInt(1);
      file.put(HexFormat.of().parseHex("61dfe48bca93d211aa0d00e098032b8c"));
      file.put(text).put((byte) 1);
      file.position((file.position() + 3) & ~3);
    }
    return file.array();
  }
}
