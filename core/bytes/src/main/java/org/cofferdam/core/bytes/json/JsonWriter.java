// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/** Prints JSON in three forms: compact, for people, and canonical (RFC 8785). */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();
  private final boolean canonical;
  private final boolean pretty;

  private JsonWriter(boolean canonical, boolean pretty) {
    this.canonical = canonical;
    this.pretty = pretty;
  }

  static String compact(Json value) {
    JsonWriter writer = new JsonWriter(false, false);
    writer.value(value, 0);
    return writer.out.toString();
  }

  static String pretty(Json value) {
    JsonWriter writer = new JsonWriter(false, true);
    writer.value(value, 0);
    return writer.out.toString();
  }

  static byte[] canonical(Json value) {
    JsonWriter writer = new JsonWriter(true, false);
    writer.value(value, 0);
    return writer.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void value(Json value, int level) {
    switch (value) {
      // RFC 8785 §3.2.3 sorts names by UTF-16 code units, which is the order of String.
      case Json.Obj o -> object(canonical ? new TreeMap<>(o.members()) : o.members(), level);
      case Json.Arr a -> array(a.items(), level);
      case Json.Str s -> string(s.value());
      case Json.Num n -> out.append(canonical ? canonicalNumber(n.text()) : n.text());
      case Json.Bool b -> out.append(b.value());
      case Json.Null n -> out.append("null");
    }
  }

  private void object(Map<String, Json> members, int level) {
    out.append('{');
    Iterator<Map.Entry<String, Json>> each = members.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Json> member = each.next();
      line(level + 1);
      string(member.getKey());
      out.append(pretty ? ": " : ":");
      value(member.getValue(), level + 1);
      out.append(each.hasNext() ? "," : "");
    }
    if (!members.isEmpty()) {
      line(level);
    }
    out.append('}');
  }

  private void array(List<Json> items, int level) {
    out.append('[');
    for (int i = 0; i < items.size(); i++) {
      line(level + 1);
      value(items.get(i), level + 1);
      out.append(i + 1 < items.size() ? "," : "");
    }
    if (!items.isEmpty()) {
      line(level);
    }
    out.append(']');
  }

  private void line(int level) {
    if (pretty) {
      out.append('\n').append("  ".repeat(level));
    }
  }

  private void string(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /**
   * RFC 8785 §3.2.2.3: the shortest form of ECMAScript; a number that is no finite double is
   * refused.
   */
  private static String canonicalNumber(String text) {
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new MalformedEvidenceException("JSON", "number", -1, text + " has no canonical form");
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    String sign = value < 0 ? "-" : "";
    if (point > 0 && point <= 21) {
      return sign
          + (digits.length() <= point
              ? digits + "0".repeat(point - digits.length())
              : digits.substring(0, point) + "." + digits.substring(point));
    }
    if (point > -6 && point <= 0) {
      return sign + "0." + "0".repeat(-point) + digits;
    }
    String exponent = (point > 0 ? "e+" : "e-") + Math.abs(point - 1);
    return sign
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + exponent;
  }

  /** Double.toString gives two digits where one would do (4.9E-324 for 5e-324). */
  private static BigDecimal shortest(double value) {
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    return one.doubleValue() == value ? one : digits;
  }
}
