// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.firmware;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An LZMA encoder that knows literals only, enough to make inputs for tests. */
public final class LzmaLiterals {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int[] isMatch = new int[12 << 4];
  private final int[] literals = new int[0x300 << 3];
  private long low;
  private int range = -1;
  private int cache;
  private long cacheSize = 1;

  private LzmaLiterals() {
    Arrays.fill(isMatch, 1024);
    Arrays.fill(literals, 1024);
  }

  /** A stream with lc=3, lp=0, pb=2 and its decoded size in the header. */
  public static byte[] encode(byte[] data) {
    LzmaLiterals encoder = new LzmaLiterals();
    int previous = 0;
    for (int i = 0; i < data.length; i++) {
      encoder.bit(encoder.isMatch, i & 3, 0);
      int base = 0x300 * (previous >> 5);
      int symbol = 1;
      for (int shift = 7; shift >= 0; shift--) {
        int bit = (data[i] >> shift) & 1;
        encoder.bit(encoder.literals, base + symbol, bit);
        symbol = (symbol << 1) | bit;
      }
      previous = data[i] & 0xff;
    }
    for (int i = 0; i < 5; i++) {
      encoder.shiftLow();
    }
    byte[] body = encoder.out.toByteArray();
    return ByteBuffer.allocate(13 + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x5d)
        .putInt(1 << 23)
        .putLong(data.length)
        .put(body)
        .array();
  }

  private void bit(int[] model, int index, int bit) {
    int bound = (range >>> 11) * model[index];
    if (bit == 0) {
      range = bound;
      model[index] += (2048 - model[index]) >> 5;
    } else {
      low += bound & 0xffffffffL;
      range -= bound;
      model[index] -= model[index] >> 5;
    }
    while ((range & 0xff000000) == 0) {
      range <<= 8;
      shiftLow();
    }
  }

  private void shiftLow() {
    if (low < 0xff000000L || low > 0xffffffffL) {
      int carry = (int) (low >>> 32);
      int first = cache;
      do {
        out.write(first + carry);
        first = 0xff;
      } while (--cacheSize != 0);
      cache = (int) (low >>> 24) & 0xff;
    }
    cacheSize++;
    low = (low & 0x00ffffffL) << 8;
  }
}
