// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tar;

import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/** One 512-byte header (POSIX ustar). */
final class TarHeader {
  private final byte[] block;
  private final long position;

  TarHeader(byte[] block, long position) {
    this.block = block;
    this.position = position;
  }

  boolean blank() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Magic and checksum: the sum of all bytes, with blanks where the sum itself stands. */
  void check() {
    String magic = new String(block, 257, 5, StandardCharsets.ISO_8859_1);
    if (!magic.equals("ustar")) {
      throw malformed("magic", "is not ustar");
    }
    long sum = 0;
    for (int i = 0; i < block.length; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    if (sum != number("chksum", 148, 8)) {
      throw malformed("chksum", "does not match");
    }
  }

  long position() {
    return position;
  }

  char typeFlag() {
    return (char) (block[156] & 0xff);
  }

  TarType type() {
    return switch (typeFlag()) {
      case '0', '\0' -> TarType.FILE;
      case '1' -> TarType.HARD_LINK;
      case '2' -> TarType.SYMBOLIC_LINK;
      case '3' -> TarType.CHARACTER_DEVICE;
      case '4' -> TarType.BLOCK_DEVICE;
      case '5' -> TarType.DIRECTORY;
      case '6' -> TarType.FIFO;
      default -> throw malformed("typeflag", "is not one this reader knows");
    };
  }

  String name() {
    String name = text(0, 100);
    // GNU's own form ("ustar  ") keeps times where POSIX has the prefix.
    boolean posix = block[262] == 0;
    String prefix = posix ? text(345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  String linkName() {
    return text(157, 100);
  }

  int mode() {
    return (int) number("mode", 100, 8) & 0xfff;
  }

  int uid() {
    return id("uid", 108);
  }

  int gid() {
    return id("gid", 116);
  }

  long size() {
    return number("size", 124, 12);
  }

  MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException("tar", field, position, problem);
  }

  private int id(String field, int at) {
    long value = number(field, at, 8);
    if (value > Integer.MAX_VALUE) {
      throw malformed(field, "is larger than 31 bits");
    }
    return (int) value;
  }

  private String text(int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return new String(block, at, end - at, StandardCharsets.UTF_8);
  }

  /** Octal digits with blanks or NUL around them, or GNU's base 256 with the first bit set. */
  private long number(String field, int at, int length) {
    if ((block[at] & 0x80) != 0) {
      long value = block[at] & 0x7f;
      for (int i = at + 1; i < at + length; i++) {
        if (value > Long.MAX_VALUE >> 9) {
          throw malformed(field, "is larger than 63 bits");
        }
        value = value << 8 | (block[i] & 0xff);
      }
      return value;
    }
    int i = at;
    while (i < at + length && block[i] == ' ') {
      i++;
    }
    long value = 0;
    for (; i < at + length && block[i] >= '0' && block[i] <= '7'; i++) {
      value = value << 3 | (block[i] - '0');
    }
    for (; i < at + length; i++) {
      if (block[i] != 0 && block[i] != ' ') {
        throw malformed(field, "is not an octal number");
      }
    }
    return value;
  }
}
