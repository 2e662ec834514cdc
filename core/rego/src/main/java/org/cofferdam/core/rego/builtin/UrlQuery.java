// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.io.ByteArrayOutputStream;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.Utf8;

/** The escapes of a URL's query. */
final class UrlQuery {
  private UrlQuery() {}

  static String encode(String s) {
    StringBuilder out = new StringBuilder();
    for (byte b : Utf8.encode(s)) {
      int c = b & 0xff;
      if ((c >= '0' && c <= '9')
          || (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || "-_.~".indexOf(c) >= 0) {
        out.append((char) c);
      } else if (c == ' ') {
        out.append('+');
      } else {
        out.append(String.format("%%%02X", c));
      }
    }
    return out.toString();
  }

  static String decode(String s) {
    byte[] in = Utf8.encode(s);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        int hi = digit(in, i + 1);
        int lo = digit(in, i + 2);
        if (hi < 0 || lo < 0) {
          String shown =
              Utf8.decode(java.util.Arrays.copyOfRange(in, i, Math.min(in.length, i + 3)));
          throw BuiltinException.failed("invalid URL escape \"" + shown + "\"");
        }
        out.write(hi << 4 | lo);
        i += 2;
      } else {
        out.write(in[i] == '+' ? ' ' : in[i]);
      }
    }
    return Utf8.decode(out.toByteArray());
  }

  private static int digit(byte[] in, int i) {
    return i < in.length && in[i] >= 0 ? Character.digit(in[i], 16) : -1;
  }
}
