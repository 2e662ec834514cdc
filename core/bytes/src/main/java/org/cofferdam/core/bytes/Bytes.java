// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An immutable run of bytes, for records: equal by content (compared without telling where the
 * difference lies), printed as lower-case hex. Not for secrets: see {@link SecretBytes}.
 */
public final class Bytes {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final byte[] content;
  private int hash;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Takes a copy. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** Takes the array itself, which nobody else may have. */
  static Bytes owning(byte[] content) {
    return new Bytes(content);
  }

  /**
   * @throws MalformedEvidenceException on anything but pairs of hexadecimal digits
   */
  public static Bytes ofHex(String hex) {
    return new Bytes(Hex.decode(hex));
  }

  public static Bytes concat(Bytes... parts) {
    int length = 0;
    for (Bytes part : parts) {
      length += part.content.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (Bytes part : parts) {
      System.arraycopy(part.content, 0, all, at, part.content.length);
      at += part.content.length;
    }
    return new Bytes(all);
  }

  /** A copy. */
  public byte[] toArray() {
    return content.clone();
  }

  public int length() {
    return content.length;
  }

  /** The byte at {@code index}, unsigned. */
  public int at(int index) {
    return content[index] & 0xff;
  }

  /** The bytes from {@code from} up to, not with, {@code to}. */
  public Bytes slice(int from, int to) {
    if (from < 0 || to > content.length || from > to) {
      throw new IndexOutOfBoundsException(from + ".." + to + " of " + content.length);
    }
    return new Bytes(Arrays.copyOfRange(content, from, to));
  }

  /** True where every byte is zero, or there is none. */
  public boolean isZero() {
    int bits = 0;
    for (byte b : content) {
      bits |= b;
    }
    return bits == 0;
  }

  public String hex() {
    return Hex.encode(content);
  }

  public Bytes sha256() {
    return new Bytes(Digests.sha256(content));
  }

  public Bytes sha384() {
    return new Bytes(Digests.sha384(content));
  }

  public Bytes sha512() {
    return new Bytes(Digests.sha512(content));
  }

  /** A strict cursor over these bytes. */
  public ByteReader reader(String format) {
    return ByteReader.of(format, content);
  }

  /** True where these bytes stand in {@code other} from its start. */
  public boolean isPrefixOf(Bytes other) {
    return other.content.length >= content.length
        && Arrays.equals(content, 0, content.length, other.content, 0, content.length);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Bytes that && isEqual(content, that.content));
  }

  /** Eight bytes at a time; how long it takes depends on the lengths only. */
  private static boolean isEqual(byte[] a, byte[] b) {
    if (a.length != b.length) {
      return false;
    }
    long difference = 0;
    int at = 0;
    for (; at + Long.BYTES <= a.length; at += Long.BYTES) {
      difference |= (long) LONGS.get(a, at) ^ (long) LONGS.get(b, at);
    }
    for (; at < a.length; at++) {
      difference |= a[at] ^ b[at];
    }
    return difference == 0;
  }

  @Override
  public int hashCode() {
    // Zero means not computed yet; two threads that both compute it get the same.
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(content);
      hash = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return hex();
  }
}
