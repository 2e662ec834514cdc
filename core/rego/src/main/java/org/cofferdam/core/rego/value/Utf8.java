// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

import java.io.ByteArrayOutputStream;

/** UTF-8 that loses no byte: a byte 0x80..0xff that is no valid UTF-8 becomes U+DC80..U+DCFF. */
public final class Utf8 {
  private Utf8() {}

  /** The text of {@code bytes}. */
  public static String decode(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length);
    int i = 0;
    while (i < bytes.length) {
      int b = bytes[i] & 0xff;
      int length =
          b < 0x80
              ? 1
              : b >= 0xc2 && b < 0xe0
                  ? 2
                  : b >= 0xe0 && b < 0xf0 ? 3 : b >= 0xf0 && b < 0xf5 ? 4 : 0;
      int point = length == 1 ? b : length == 2 ? b & 0x1f : length == 3 ? b & 0x0f : b & 0x07;
      boolean valid = length > 0 && i + length <= bytes.length;
      for (int k = 1; valid && k < length; k++) {
        int c = bytes[i + k] & 0xff;
        valid = (c & 0xc0) == 0x80;
        point = point << 6 | (c & 0x3f);
      }
      valid =
          valid
              && !(length == 3 && (point < 0x800 || (point >= 0xd800 && point < 0xe000)))
              && !(length == 4 && (point < 0x10000 || point > 0x10ffff));
      if (valid) {
        out.appendCodePoint(point);
        i += length;
      } else {
        out.append((char) (0xdc00 + b));
        i++;
      }
    }
    return out.toString();
  }

  /** The bytes of {@code text}; the inverse of {@link #decode}. */
  public static byte[] encode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point >= 0xdc80 && point <= 0xdcff) {
        out.write(point - 0xdc00);
      } else if (point >= 0xd800 && point < 0xe000) {
        out.writeBytes(new byte[] {(byte) 0xef, (byte) 0xbf, (byte) 0xbd});
      } else if (point < 0x80) {
        out.write(point);
      } else if (point < 0x800) {
        out.write(0xc0 | point >> 6);
        out.write(0x80 | (point & 0x3f));
      } else if (point < 0x10000) {
        out.write(0xe0 | point >> 12);
        out.write(0x80 | (point >> 6 & 0x3f));
        out.write(0x80 | (point & 0x3f));
      } else {
        out.write(0xf0 | point >> 18);
        out.write(0x80 | (point >> 12 & 0x3f));
        out.write(0x80 | (point >> 6 & 0x3f));
        out.write(0x80 | (point & 0x3f));
      }
    }
    return out.toByteArray();
  }
}
