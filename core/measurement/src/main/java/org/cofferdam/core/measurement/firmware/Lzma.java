// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.firmware;

import java.util.Arrays;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * Decodes an LZMA stream with the 13-byte header of {@code .lzma} files, as UEFI's LZMA guided
 * section holds it: properties (1), dictionary size (4, LE), decoded size (8, LE, known).
 */
final class Lzma {
  /** More than any firmware volume. */
  static final int MAX_DECODED = 64 << 20;

  private static final int STATES = 12;
  private static final int BIT_MODEL_TOTAL_BITS = 11;

  private final byte[] in;
  private int at;
  private int range = -1;
  private int code;

  private final byte[] out;
  private int filled;

  private final int lc;
  private final int lp;
  private final int pb;
  private final short[] literals;
  private final short[] isMatch = model(STATES << 4);
  private final short[] isRep = model(STATES);
  private final short[] isRepG0 = model(STATES);
  private final short[] isRepG1 = model(STATES);
  private final short[] isRepG2 = model(STATES);
  private final short[] isRep0Long = model(STATES << 4);
  private final short[] slots = model(4 << 6);
  private final short[] distances = model(128);
  private final short[] align = model(16);
  private final Lengths matchLengths = new Lengths();
  private final Lengths repeatLengths = new Lengths();

  private Lzma(byte[] in, int at, int properties, int size) {
    this.in = in;
    this.at = at;
    this.out = new byte[size];
    this.lc = properties % 9;
    this.lp = (properties / 9) % 5;
    this.pb = properties / 45;
    this.literals = model(0x300 << (lc + lp));
  }

  /**
   * @throws MalformedEvidenceException where the stream is cut short or inconsistent
   */
  static byte[] decode(byte[] stream) {
    ByteReader header = ByteReader.of("LZMA", stream);
    int properties = header.u8("properties");
    header.skip("dictionary size", 4);
    long size = header.u64le("decoded size");
    if (properties >= 9 * 5 * 5) {
      throw header.malformed("properties", "are out of range");
    }
    if (size < 0 || size > MAX_DECODED) {
      throw header.malformed("decoded size", "is unknown or above " + MAX_DECODED);
    }
    Lzma decoder = new Lzma(stream, header.position(), properties, (int) size);
    decoder.run();
    return decoder.out;
  }

  private void run() {
    if (next() != 0) {
      throw malformed("does not start with a zero");
    }
    for (int i = 0; i < 4; i++) {
      code = (code << 8) | next();
    }
    int state = 0;
    int rep0 = 0;
    int rep1 = 0;
    int rep2 = 0;
    int rep3 = 0;
    while (filled < out.length) {
      int position = filled & ((1 << pb) - 1);
      if (bit(isMatch, (state << 4) + position) == 0) {
        literal(state, rep0);
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
        continue;
      }
      int length;
      if (bit(isRep, state) == 0) {
        rep3 = rep2;
        rep2 = rep1;
        rep1 = rep0;
        length = matchLengths.next(position);
        state = state < 7 ? 7 : 10;
        rep0 = distance(length);
        if (rep0 == -1) {
          throw malformed("ends before its decoded size");
        }
      } else {
        if (bit(isRepG0, state) == 0) {
          if (bit(isRep0Long, (state << 4) + position) == 0) {
            state = state < 7 ? 9 : 11;
            copy(rep0, 1);
            continue;
          }
        } else {
          int chosen;
          if (bit(isRepG1, state) == 0) {
            chosen = rep1;
          } else {
            if (bit(isRepG2, state) == 0) {
              chosen = rep2;
            } else {
              chosen = rep3;
              rep3 = rep2;
            }
            rep2 = rep1;
          }
          rep1 = rep0;
          rep0 = chosen;
        }
        length = repeatLengths.next(position);
        state = state < 7 ? 8 : 11;
      }
      copy(rep0, length);
    }
  }

  private void literal(int state, int rep0) {
    int previous = filled > 0 ? out[filled - 1] & 0xff : 0;
    int base = 0x300 * (((filled & ((1 << lp) - 1)) << lc) + (previous >> (8 - lc)));
    int symbol = 1;
    if (state >= 7) {
      int match = out[source(rep0)] & 0xff;
      do {
        int matchBit = (match >> 7) & 1;
        match <<= 1;
        int bit = bit(literals, base + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (matchBit != bit) {
          break;
        }
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) {
      symbol = (symbol << 1) | bit(literals, base + symbol);
    }
    out[filled++] = (byte) symbol;
  }

  /** The distance less one; -1 is the end marker. */
  private int distance(int length) {
    int slot = tree(slots, Math.min(length - 2, 3) << 6, 6);
    if (slot < 4) {
      return slot;
    }
    int direct = (slot >> 1) - 1;
    int value = (2 | (slot & 1)) << direct;
    if (slot < 14) {
      return value + reverse(distances, value - slot, direct);
    }
    return value + (directBits(direct - 4) << 4) + reverse(align, 0, 4);
  }

  private void copy(int distance, int length) {
    int from = source(distance);
    if (length > out.length - filled) {
      throw malformed("decodes to more than its decoded size");
    }
    for (int i = 0; i < length; i++) {
      out[filled++] = out[from++];
    }
  }

  private int source(int distance) {
    if (distance < 0 || distance >= filled) {
      throw malformed("refers to before its start");
    }
    return filled - distance - 1;
  }

  private int bit(short[] model, int index) {
    int probability = model[index];
    int bound = (range >>> BIT_MODEL_TOTAL_BITS) * probability;
    int bit;
    if (Integer.compareUnsigned(code, bound) < 0) {
      range = bound;
      model[index] += (short) (((1 << BIT_MODEL_TOTAL_BITS) - probability) >> 5);
      bit = 0;
    } else {
      range -= bound;
      code -= bound;
      model[index] -= (short) (probability >> 5);
      bit = 1;
    }
    normalize();
    return bit;
  }

  private int directBits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      range >>>= 1;
      int bit = Integer.compareUnsigned(code, range) >= 0 ? 1 : 0;
      code -= bit * range;
      value = (value << 1) | bit;
      normalize();
    }
    return value;
  }

  private void normalize() {
    if ((range & 0xff000000) == 0) {
      range <<= 8;
      code = (code << 8) | next();
    }
  }

  private int tree(short[] model, int base, int bits) {
    int symbol = 1;
    for (int i = 0; i < bits; i++) {
      symbol = (symbol << 1) | bit(model, base + symbol);
    }
    return symbol - (1 << bits);
  }

  private int reverse(short[] model, int base, int bits) {
    int symbol = 1;
    int value = 0;
    for (int i = 0; i < bits; i++) {
      int bit = bit(model, base + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  private int next() {
    if (at == in.length) {
      throw malformed("is cut short");
    }
    return in[at++] & 0xff;
  }

  private MalformedEvidenceException malformed(String problem) {
    return new MalformedEvidenceException("LZMA", "stream", at, problem);
  }

  private static short[] model(int size) {
    short[] model = new short[size];
    Arrays.fill(model, (short) (1 << (BIT_MODEL_TOTAL_BITS - 1)));
    return model;
  }

  private final class Lengths {
    private final short[] choice = model(2);
    private final short[] low = model(16 << 3);
    private final short[] middle = model(16 << 3);
    private final short[] high = model(256);

    int next(int position) {
      if (bit(choice, 0) == 0) {
        return 2 + tree(low, position << 3, 3);
      }
      if (bit(choice, 1) == 0) {
        return 10 + tree(middle, position << 3, 3);
      }
      return 18 + tree(high, 0, 8);
    }
  }
}
