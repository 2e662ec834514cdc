// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import java.util.Arrays;

/**
 * A strict cursor over one input. Every read names its field, checks the length first, and throws
 * {@link MalformedEvidenceException} when the input ends early. The array is not copied: the owner
 * must not change it while reading.
 */
public final class ByteReader {
  private final String format;
  private final byte[] input;
  private final int end;
  private int position;

  private ByteReader(String format, byte[] input, int start, int end) {
    this.format = format;
    this.input = input;
    this.position = start;
    this.end = end;
  }

  /** Reads {@code input} from its first byte to its last. */
  public static ByteReader of(String format, byte[] input) {
    return new ByteReader(format, input, 0, input.length);
  }

  /** Offset of the next byte from the start of the whole input. */
  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  /**
   * A cursor over the next {@code length} bytes, which this one skips. Offsets in its errors stay
   * those of the whole input.
   */
  public ByteReader slice(String field, long length) {
    int start = take(field, length);
    return new ByteReader(format, input, start, start + (int) length);
  }

  public byte[] bytes(String field, long length) {
    int start = take(field, length);
    return Arrays.copyOfRange(input, start, start + (int) length);
  }

  /** The same as {@link Bytes}. */
  public Bytes octets(String field, long length) {
    return Bytes.owning(bytes(field, length));
  }

  public void skip(String field, long length) {
    take(field, length);
  }

  public int u8(String field) {
    return input[take(field, 1)] & 0xff;
  }

  public int u16le(String field) {
    int at = take(field, 2);
    return (input[at] & 0xff) | (input[at + 1] & 0xff) << 8;
  }

  public int u16be(String field) {
    int at = take(field, 2);
    return (input[at] & 0xff) << 8 | (input[at + 1] & 0xff);
  }

  public long u32le(String field) {
    int at = take(field, 4);
    return (input[at] & 0xffL)
        | (input[at + 1] & 0xffL) << 8
        | (input[at + 2] & 0xffL) << 16
        | (input[at + 3] & 0xffL) << 24;
  }

  public long u32be(String field) {
    int at = take(field, 4);
    return (input[at] & 0xffL) << 24
        | (input[at + 1] & 0xffL) << 16
        | (input[at + 2] & 0xffL) << 8
        | (input[at + 3] & 0xffL);
  }

  /**
   * 64 bits, little endian; values of 2^63 and more come out negative: print with {@link
   * Long#toUnsignedString(long)}.
   */
  public long u64le(String field) {
    long low = u32le(field);
    return low | u32le(field) << 32;
  }

  /**
   * 64 bits, big endian; values of 2^63 and more come out negative: print with {@link
   * Long#toUnsignedString(long)}.
   */
  public long u64be(String field) {
    long high = u32be(field);
    return high << 32 | u32be(field);
  }

  /** Refuses anything that follows. */
  public void end(String field) {
    if (position != end) {
      throw malformed(field, remaining() + " bytes follow where the input should end");
    }
  }

  /** An error at the present position, for a rule that the caller checks. */
  public MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException(format, field, position, problem);
  }

  private int take(String field, long length) {
    if (length < 0 || length > remaining()) {
      throw malformed(
          field, "needs " + Long.toUnsignedString(length) + " bytes, " + remaining() + " are left");
    }
    int at = position;
    position += (int) length;
    return at;
  }
}
