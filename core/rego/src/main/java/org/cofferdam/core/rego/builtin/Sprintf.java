// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Utf8;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** {@code sprintf} with the verbs of Go's fmt. */
final class Sprintf {
  private static final int MAX_WIDTH = 10_000;

  private final String format;
  private final RegoArray args;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int next;
  private boolean reordered;

  private Sprintf(String format, RegoArray args) {
    this.format = format;
    this.args = args;
  }

  static void register(Registry r) {
    r.add("sprintf", 2, (c, a) -> format(c, Args.string(a[0], 1), Args.array(a[1], 2)));
  }

  static Value format(CallContext c, String format, RegoArray args) {
    for (Value v : args.items()) {
      Sizes.charge(c, v);
    }
    String s = new Sprintf(format, args).run(c);
    return RegoString.of(s);
  }

  /** Flags, width and precision of one verb. */
  private static final class Spec {
    boolean minus;
    boolean plus;
    boolean sharp;
    boolean space;
    boolean zero;
    int width = -1;
    int precision = -1;
  }

  private String run(CallContext c) {
    while (at < format.length()) {
      char ch = format.charAt(at);
      if (ch != '%') {
        out.append(ch);
        at++;
        continue;
      }
      at++;
      int before = out.length();
      verb();
      c.charge(out.length() - before);
    }
    if (!reordered && next < args.size()) {
      out.append("%!(EXTRA ");
      for (int i = next; i < args.size(); i++) {
        out.append(i > next ? ", " : "")
            .append(type(args.valueAt(i)))
            .append('=')
            .append(plain(args.valueAt(i)));
      }
      out.append(')');
    }
    return out.toString();
  }

  private void verb() {
    Spec s = new Spec();
    flags(s);
    index();
    s.width = size(s, true);
    if (at < format.length() && format.charAt(at) == '.') {
      at++;
      index();
      s.precision = Math.max(0, size(s, false));
    }
    index();
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int verb = format.codePointAt(at);
    at += Character.charCount(verb);
    if (verb == '%') {
      out.append('%');
      return;
    }
    if (next < 0 || next >= args.size()) {
      out.append("%!").appendCodePoint(verb).append(next < 0 ? "(BADINDEX)" : "(MISSING)");
      next = Math.max(next, 0);
      return;
    }
    Value v = args.valueAt(next++);
    String text = convert(v, verb, s);
    out.append(text == null ? bad(v, verb) : text);
  }

  private void flags(Spec s) {
    while (at < format.length()) {
      switch (format.charAt(at)) {
        case '-' -> s.minus = true;
        case '+' -> s.plus = true;
        case '#' -> s.sharp = true;
        case ' ' -> s.space = true;
        case '0' -> s.zero = true;
        default -> {
          return;
        }
      }
      at++;
    }
  }

  /** {@code [n]}: the argument to go on with. */
  private void index() {
    if (at < format.length() && format.charAt(at) == '[') {
      int end = format.indexOf(']', at);
      reordered = true;
      String digits = end < 0 ? "" : format.substring(at + 1, end);
      if (digits.matches("\\d{1,6}")
          && Integer.parseInt(digits) >= 1
          && Integer.parseInt(digits) <= args.size()) {
        next = Integer.parseInt(digits) - 1;
      } else {
        next = -1;
      }
      at = end < 0 ? format.length() : end + 1;
    }
  }

  private int size(Spec s, boolean width) {
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      if (next >= 0
          && next < args.size()
          && args.valueAt(next) instanceof RegoNumber n
          && n.isLong()) {
        next++;
        long v = n.longValue();
        if (width && v < 0) {
          s.minus = true;
          v = -v;
        }
        return checked(v);
      }
      return -1;
    }
    long v = -1;
    while (at < format.length() && Character.isDigit(format.charAt(at))) {
      v = Math.min(Math.max(v, 0) * 10 + (format.charAt(at) - '0'), MAX_WIDTH + 1L);
      at++;
    }
    return checked(v);
  }

  private static int checked(long n) {
    if (n > MAX_WIDTH) {
      throw BuiltinException.failed("width or precision above " + MAX_WIDTH);
    }
    return (int) n;
  }

  private static String type(Value v) {
    return v instanceof RegoNumber n ? n.isPlainInteger() ? "int64" : "float64" : "string";
  }

  private static String plain(Value v) {
    return v instanceof RegoString s ? s.value() : v.toString();
  }

  private static String bad(Value v, int verb) {
    return "%!" + Character.toString(verb) + "(" + type(v) + "=" + plain(v) + ")";
  }

  private static @Nullable String convert(Value v, int verb, Spec s) {
    if (verb == 'T') {
      return pad(type(v), s, false);
    }
    if (v instanceof RegoNumber n) {
      if (n.isPlainInteger()) {
        if (!n.isLong() && (verb == 's' || verb == 'q')) {
          return text(n.toString(), verb, s);
        }
        return integer(n.toBigInteger(), verb, s);
      }
      return Double.isInfinite(n.doubleValue()) && "gGv".indexOf(verb) >= 0
          ? text(n.toString(), 's', s)
          : fraction(n, verb, s);
    }
    if (v instanceof RegoBoolean && verb == 't') {
      return pad(v.toString(), s, false);
    }
    return text(plain(v), verb, s);
  }

  private static @Nullable String text(String given, int verb, Spec s) {
    String t = given;
    return switch (verb) {
      case 's', 'v', 'q' -> {
        if (s.precision >= 0 && t.codePointCount(0, t.length()) > s.precision) {
          t = t.substring(0, t.offsetByCodePoints(0, s.precision));
        }
        yield pad(verb == 'q' || (verb == 'v' && s.sharp) ? Json.quote(t) : t, s, false);
      }
      case 'x', 'X' -> {
        StringBuilder hex = new StringBuilder(s.sharp ? "0x" : "");
        for (byte b : Utf8.encode(t)) {
          hex.append(String.format("%02x", b));
        }
        yield pad(verb == 'X' ? CaseMap.upper(hex.toString()) : hex.toString(), s, false);
      }
      default -> null;
    };
  }

  private static @Nullable String integer(BigInteger i, int verb, Spec s) {
    int radix =
        switch (verb) {
          case 'd', 'v' -> 10;
          case 'b' -> 2;
          case 'o', 'O' -> 8;
          case 'x', 'X' -> 16;
          default -> 0;
        };
    if (radix == 0) {
      return switch (verb) {
        case 'c' ->
            i.bitLength() < 21 && Character.isValidCodePoint(i.intValue())
                ? pad(Character.toString(i.intValue()), s, false)
                : pad("\ufffd", s, false);
        case 'q' ->
            i.bitLength() < 21 ? pad("'" + Character.toString(i.intValue()) + "'", s, false) : null;
        case 'U' -> pad(String.format("U+%04X", i.longValue()), s, false);
        default -> null;
      };
    }
    String digits = i.abs().toString(radix);
    if (s.precision >= 0) {
      digits = "0".repeat(Math.max(0, s.precision - digits.length())) + digits;
    }
    String prefix =
        verb == 'O'
            ? "0o"
            : !s.sharp ? "" : radix == 16 ? "0x" : radix == 8 ? "0" : radix == 2 ? "0b" : "";
    String body = prefix + digits;
    return number(verb == 'X' ? CaseMap.upper(body) : body, i.signum() < 0, s, s.precision < 0);
  }

  private static @Nullable String fraction(RegoNumber n, int verb, Spec s) {
    BigDecimal d = n.toBigDecimal();
    boolean negative = d.signum() < 0;
    String digits =
        switch (verb) {
          case 'f', 'F' ->
              exact(d)
                  .setScale(s.precision < 0 ? 6 : s.precision, RoundingMode.HALF_EVEN)
                  .toPlainString();
          case 'e', 'E' -> scientific(exact(d), s.precision < 0 ? 6 : s.precision);
          case 'g', 'G', 'v' -> shortest(d, s.precision);
          default -> null;
        };
    if (digits == null) {
      return null;
    }
    String shown = digits.startsWith("-") ? digits.substring(1) : digits;
    return number(verb == 'E' || verb == 'G' ? CaseMap.upper(shown) : shown, negative, s, true);
  }

  private static BigDecimal exact(BigDecimal d) {
    double x = d.doubleValue();
    return Double.isInfinite(x) ? d : new BigDecimal(x).abs();
  }

  private static String scientific(BigDecimal d, int precision) {
    if (d.signum() == 0) {
      return "0" + (precision > 0 ? "." + "0".repeat(precision) : "") + "e+00";
    }
    BigDecimal r = d.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    String digits = r.unscaledValue().abs().toString();
    digits = digits + "0".repeat(Math.max(0, precision + 1 - digits.length()));
    int exponent = r.precision() - r.scale() - 1;
    return digits.charAt(0)
        + (precision > 0 ? "." + digits.substring(1, precision + 1) : "")
        + exponent(exponent);
  }

  private static String exponent(int e) {
    return (e < 0 ? "e-" : "e+") + (Math.abs(e) < 10 ? "0" : "") + Math.abs(e);
  }

  private static String shortest(BigDecimal given, int precision) {
    double nearest = given.doubleValue();
    BigDecimal d =
        precision >= 0 || Double.isInfinite(nearest)
            ? exact(given)
            : new BigDecimal(Double.toString(nearest));
    if (precision >= 0) {
      d = d.round(new MathContext(Math.max(1, precision), RoundingMode.HALF_EVEN));
    }
    d = d.abs().stripTrailingZeros();
    if (d.signum() == 0) {
      return "0";
    }
    int exponent = d.precision() - d.scale() - 1;
    int limit = precision < 0 ? 21 : Math.max(1, precision);
    if (exponent < -4 || exponent >= limit) {
      String digits = d.unscaledValue().toString();
      return digits.charAt(0)
          + (digits.length() > 1 ? "." + digits.substring(1) : "")
          + exponent(exponent);
    }
    return d.toPlainString();
  }

  private static String number(String digits, boolean negative, Spec s, boolean zeros) {
    String sign = negative ? "-" : s.plus ? "+" : s.space ? " " : "";
    if (s.zero && !s.minus && zeros && s.width > 0) {
      return sign + "0".repeat(Math.max(0, s.width - sign.length() - digits.length())) + digits;
    }
    return pad(sign + digits, s, true);
  }

  private static String pad(String t, Spec s, boolean number) {
    int missing = s.width - t.codePointCount(0, t.length());
    if (missing <= 0) {
      return t;
    }
    if (s.minus) {
      return t + " ".repeat(missing);
    }
    return (s.zero && !number ? "0" : " ").repeat(missing) + t;
  }
}
