// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigInteger;
import java.util.Locale;
import org.cofferdam.core.rego.BuiltinException;
import org.jspecify.annotations.Nullable;

/**
 * A network of IP addresses.
 *
 * @param bits 32 or 128
 * @param first the lowest address as a number
 */
record IpNet(int bits, BigInteger first, int prefix) {
  static BuiltinException invalid(String s) {
    return BuiltinException.failed("invalid CIDR address: " + s);
  }

  /** Reads {@code address/prefix}. */
  static IpNet parse(String s) {
    int slash = s.indexOf('/');
    IpNet a = slash < 0 ? null : address(s.substring(0, slash), false);
    String p = slash < 0 ? "" : s.substring(slash + 1);
    if (a == null || !p.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(p) > a.bits) {
      throw invalid(s);
    }
    return of(a.bits, a.first, Integer.parseInt(p));
  }

  static IpNet of(int bits, BigInteger address, int prefix) {
    int host = bits - prefix;
    return new IpNet(bits, address.shiftRight(host).shiftLeft(host), prefix);
  }

  /** Reads an address; one of IPv4 written as IPv6 becomes IPv4 where {@code map} is set. */
  static @Nullable IpNet address(String s, boolean map) {
    BigInteger v4 = v4(s);
    if (v4 != null) {
      return new IpNet(32, v4, 32);
    }
    BigInteger v6 = s.contains(":") ? v6(s) : null;
    if (v6 == null) {
      return null;
    }
    if (map && v6.shiftRight(32).equals(BigInteger.valueOf(0xffff))) {
      return new IpNet(32, v6.and(BigInteger.valueOf(0xffffffffL)), 32);
    }
    return new IpNet(128, v6, 128);
  }

  private static @Nullable BigInteger v4(String s) {
    String[] parts = s.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    long n = 0;
    for (String p : parts) {
      if (!p.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(p) > 255) {
        return null;
      }
      n = n << 8 | Integer.parseInt(p);
    }
    return BigInteger.valueOf(n);
  }

  private static @Nullable BigInteger v6(String given) {
    String s = given;
    int lastColon = s.lastIndexOf(':');
    if (s.indexOf('.') > lastColon) {
      BigInteger v4 = v4(s.substring(lastColon + 1));
      if (v4 == null) {
        return null;
      }
      s =
          s.substring(0, lastColon + 1)
              + Integer.toHexString(v4.shiftRight(16).intValue())
              + ":"
              + Integer.toHexString(v4.intValue() & 0xffff);
    }
    int gap = s.indexOf("::");
    if (gap >= 0 && s.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    String[] head = words(gap < 0 ? s : s.substring(0, gap));
    String[] tail = words(gap < 0 ? "" : s.substring(gap + 2));
    int count = head.length + tail.length;
    if (gap < 0 ? count != 8 : count > 7) {
      return null;
    }
    BigInteger n = BigInteger.ZERO;
    for (int i = 0; i < 8; i++) {
      String w = i < head.length ? head[i] : i >= 8 - tail.length ? tail[i - 8 + tail.length] : "0";
      if (!w.matches("[0-9a-fA-F]{1,4}")) {
        return null;
      }
      n = n.shiftLeft(16).or(BigInteger.valueOf(Integer.parseInt(w, 16)));
    }
    return n;
  }

  private static String[] words(String s) {
    return s.isEmpty() ? new String[0] : s.split(":", -1);
  }

  BigInteger last() {
    return first.or(BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE));
  }

  boolean contains(IpNet address) {
    return bits == address.bits
        && first.compareTo(address.first) <= 0
        && last().compareTo(address.last()) >= 0;
  }

  static String text(int bits, BigInteger n) {
    if (bits == 32) {
      long v = n.longValue();
      return (v >> 24 & 255) + "." + (v >> 16 & 255) + "." + (v >> 8 & 255) + "." + (v & 255);
    }
    int[] words = new int[8];
    for (int i = 0; i < 8; i++) {
      words[i] = n.shiftRight(16 * (7 - i)).intValue() & 0xffff;
    }
    int bestStart = -1;
    int best = 1;
    for (int i = 0; i < 8; i++) {
      int k = i;
      while (k < 8 && words[k] == 0) {
        k++;
      }
      if (k - i > best) {
        best = k - i;
        bestStart = i;
      }
      i = Math.max(i, k);
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == bestStart) {
        out.append("::");
        i += best - 1;
        continue;
      }
      if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
        out.append(':');
      }
      out.append(Integer.toHexString(words[i]));
    }
    return out.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return text(bits, first) + "/" + prefix;
  }
}
