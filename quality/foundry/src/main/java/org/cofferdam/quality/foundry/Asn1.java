// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Writes DER. */
final class Asn1 {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Asn1() {}

  static byte[] tlv(int tag, byte[]... contents) {
    byte[] content = Crypto.join(contents);
    int n = content.length;
    byte[] header;
    if (n < 0x80) {
      header = new byte[] {(byte) tag, (byte) n};
    } else if (n < 0x100) {
      header = new byte[] {(byte) tag, (byte) 0x81, (byte) n};
    } else if (n < 0x10000) {
      header = new byte[] {(byte) tag, (byte) 0x82, (byte) (n >> 8), (byte) n};
    } else {
      header = new byte[] {(byte) tag, (byte) 0x83, (byte) (n >> 16), (byte) (n >> 8), (byte) n};
    }
    return Crypto.join(header, content);
  }

  static byte[] sequence(byte[]... contents) {
    return tlv(0x30, contents);
  }

  static byte[] set(byte[]... contents) {
    return tlv(0x31, contents);
  }

  static byte[] context(int n, byte[]... contents) {
    return tlv(0xa0 + n, contents);
  }

  static byte[] integer(long value) {
    return integer(BigInteger.valueOf(value));
  }

  static byte[] integer(BigInteger value) {
    return tlv(2, value.toByteArray());
  }

  static byte[] enumerated(int value) {
    return tlv(10, BigInteger.valueOf(value).toByteArray());
  }

  static byte[] bool(boolean value) {
    return tlv(1, new byte[] {(byte) (value ? 0xff : 0)});
  }

  static byte[] octets(byte[] content) {
    return tlv(4, content);
  }

  static byte[] bits(byte[] content) {
    return tlv(3, new byte[] {0}, content);
  }

  static byte[] utf8(String text) {
    return tlv(12, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant at) {
    return tlv(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] oid(String dotted) {
    List<byte[]> parts = new ArrayList<>();
    String[] arcs = dotted.split("\\.", -1);
    parts.add(arc(Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1])));
    for (int i = 2; i < arcs.length; i++) {
      parts.add(arc(Long.parseLong(arcs[i])));
    }
    return tlv(6, parts.toArray(byte[][]::new));
  }

  private static byte[] arc(long value) {
    byte[] out = {(byte) (value & 0x7f)};
    for (long rest = value >> 7; rest > 0; rest >>= 7) {
      out = Crypto.join(new byte[] {(byte) (0x80 | (rest & 0x7f))}, out);
    }
    return out;
  }
}
