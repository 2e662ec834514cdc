// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A file that is both a PE32+ image and a bzImage, as Linux kernels are. */
public final class TestKernel {
  public static final int PE = 0x40;
  public static final int CHECKSUM = PE + 24 + 64;
  public static final int CERTIFICATE_ENTRY = PE + 24 + 112 + 4 * 8;
  static final int SECTIONS = PE + 24 + 160;
  static final int HEADERS = 0x300;

  private TestKernel() {}

  public static byte[] bytes() {
    byte[] file = new byte[HEADERS + 0x200];
    Arrays.fill(file, HEADERS, file.length, (byte) 0x5a);
    ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort(0, (short) 0x5a4d).putInt(0x3c, PE).putInt(PE, 0x4550);
    out.putShort(PE + 6, (short) 1).putShort(PE + 20, (short) 160);
    out.putShort(PE + 24, (short) 0x20b).putInt(PE + 24 + 60, HEADERS).putInt(PE + 24 + 108, 6);
    out.putInt(SECTIONS + 16, 0x200).putInt(SECTIONS + 20, HEADERS);
    out.putInt(0x202, 0x53726448).putInt(0x22c, 0x7fffffff);
    return file;
  }
}
