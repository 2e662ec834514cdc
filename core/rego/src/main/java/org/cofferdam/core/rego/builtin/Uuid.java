// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** UUIDs (RFC 9562). */
final class Uuid {
  /** From 15 October 1582, where UUID times begin, to 1970, in units of 100 ns. */
  private static final long GREGORIAN = 122_192_928_000_000_000L;

  private Uuid() {}

  static void register(Registry r) {
    r.add("uuid.rfc4122", 1, (c, a) -> c.once("uuid " + a[0], () -> random(c)));
    r.one("uuid.parse", v -> parse(Args.string(v, 1)));
  }

  private static Value random(CallContext c) {
    byte[] b = new byte[16];
    c.random().nextBytes(b);
    b[6] = (byte) ((b[6] & 0x0f) | 0x40);
    b[8] = (byte) ((b[8] & 0x3f) | 0x80);
    String h = HexFormat.of().formatHex(b);
    return RegoString.of(
        String.join(
            "-",
            h.substring(0, 8),
            h.substring(8, 12),
            h.substring(12, 16),
            h.substring(16, 20),
            h.substring(20)));
  }

  private static @Nullable Value parse(String given) {
    String s = given;
    if (s.length() == 45 && s.regionMatches(true, 0, "urn:uuid:", 0, 9)) {
      s = s.substring(9);
    } else if (s.length() == 38) {
      s = s.substring(1, 37);
    }
    boolean dashed = s.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    if (!dashed && !s.matches("[0-9a-fA-F]{32}")) {
      return null;
    }
    return describe(HexFormat.of().parseHex(s.replace("-", "")));
  }

  private static Value describe(byte[] b) {
    Map<Value, Value> out = new HashMap<>();
    int version = (b[6] >> 4) & 15;
    put(out, "version", RegoNumber.of(version));
    int v = b[8] & 0xff;
    put(
        out,
        "variant",
        RegoString.of(
            (v & 0xc0) == 0x80
                ? "RFC4122"
                : (v & 0xe0) == 0xc0 ? "Microsoft" : (v & 0xe0) == 0xe0 ? "Future" : "Reserved"));
    if (version == 1 || version == 2) {
      long low = number(b, 0, 4);
      long time = (number(b, 6, 8) << 48) | (number(b, 4, 6) << 32) | low;
      time &= 0x0fff_ffff_ffff_ffffL;
      put(out, "time", RegoNumber.of((time - GREGORIAN) * 100));
      put(out, "nodeid", RegoString.of(HexFormat.ofDelimiter("-").formatHex(b, 10, 16)));
      put(
          out,
          "macvariables",
          RegoString.of(
              ((b[10] & 2) != 0 ? "local" : "global")
                  + ":"
                  + ((b[10] & 1) != 0 ? "multicast" : "unicast")));
      put(out, "clocksequence", RegoNumber.of(number(b, 8, 10) & 0x3fff));
      if (version == 2) {
        put(out, "id", RegoNumber.of(low));
        int domain = b[9] & 0xff;
        put(
            out,
            "domain",
            RegoString.of(
                switch (domain) {
                  case 0 -> "Person";
                  case 1 -> "Group";
                  case 2 -> "Org";
                  default -> "Domain" + domain;
                }));
      }
    }
    return RegoObject.of(out);
  }

  private static void put(Map<Value, Value> map, String key, Value v) {
    map.put(RegoString.of(key), v);
  }

  private static long number(byte[] b, int from, int to) {
    long n = 0;
    for (int i = from; i < to; i++) {
      n = n << 8 | (b[i] & 0xff);
    }
    return n;
  }
}
