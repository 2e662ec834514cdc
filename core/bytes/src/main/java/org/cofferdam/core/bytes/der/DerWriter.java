// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.der;

import java.io.ByteArrayOutputStream;

/** Puts DER elements together (X.690), with lengths of up to 24 bits. */
public final class DerWriter {
  private DerWriter() {}

  /** An element of any tag over its parts. */
  public static byte[] tlv(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    if (length >= 1 << 24) {
      throw new IllegalArgumentException("an element of " + length + " bytes");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length >= 0x80) {
      int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >>> (8 * i));
      }
    } else {
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  public static byte[] sequence(byte[]... parts) {
    return tlv(0x30, parts);
  }

  /** An object identifier from its text, for example {@code 2.5.4.3}. */
  public static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    long first = Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]);
    base128(content, first);
    for (int i = 2; i < arcs.length; i++) {
      base128(content, Long.parseLong(arcs[i]));
    }
    return tlv(0x06, content.toByteArray());
  }

  /** A BIT STRING of whole bytes. */
  public static byte[] bits(byte[] content) {
    return tlv(0x03, new byte[1], content);
  }

  public static byte[] octets(byte[] content) {
    return tlv(0x04, content);
  }

  private static void base128(ByteArrayOutputStream out, long arc) {
    int groups = Math.max(1, (64 - Long.numberOfLeadingZeros(arc) + 6) / 7);
    for (int i = groups - 1; i >= 0; i--) {
      out.write((int) (arc >>> (7 * i) & 0x7f) | (i > 0 ? 0x80 : 0));
    }
  }
}
