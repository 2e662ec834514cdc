// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Numbers with units. */
final class Units {
  private static final Pattern FORM =
      Pattern.compile("([0-9.+-]*)(?:[eE]([+-]?[0-9]+))?(.*)", Pattern.DOTALL);
  private static final String LETTERS = "kmgtpe";
  private static final int MAX_EXPONENT = 1000;

  private Units() {}

  static void register(Registry r) {
    r.one("units.parse", v -> parse(Args.string(v, 1)));
    r.one("units.parse_bytes", v -> parseBytes(Args.string(v, 1)));
  }

  private static Matcher parts(String given, String what) {
    String s = given.replace("\"", "");
    if (s.indexOf(' ') >= 0) {
      throw BuiltinException.failed("spaces not allowed in resource strings");
    }
    Matcher m = FORM.matcher(s);
    if (!m.matches() || m.group(1).isEmpty()) {
      throw BuiltinException.failed("no " + what + " provided");
    }
    return m;
  }

  private static BigDecimal amount(Matcher m, String what) {
    String exponent = m.group(2);
    if (exponent != null
        && (exponent.length() > 6 || Math.abs(Integer.parseInt(exponent)) > MAX_EXPONENT)) {
      throw BuiltinException.failed("exponent too large");
    }
    if (!m.group(1).matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)")) {
      throw BuiltinException.failed("could not parse " + what + " to a number");
    }
    return new BigDecimal(m.group(1))
        .scaleByPowerOfTen(exponent == null ? 0 : Integer.parseInt(exponent));
  }

  /** What {@code unit}, without its case, stands for: {@code k}, {@code ki} and so on. */
  private static @Nullable BigDecimal factor(String unit) {
    int n = unit.isEmpty() ? 0 : LETTERS.indexOf(unit.charAt(0)) + 1;
    if (unit.isEmpty()) {
      return BigDecimal.ONE;
    }
    return n == 0 || unit.length() > 2
        ? null
        : unit.length() == 1
            ? BigDecimal.TEN.pow(3 * n)
            : unit.charAt(1) == 'i' ? BigDecimal.TWO.pow(10 * n) : null;
  }

  private static Value parse(String s) {
    Matcher m = parts(s, "amount");
    String unit = m.group(3);
    BigDecimal f = unit.equals("m") ? new BigDecimal("0.001") : factor(CaseMap.lower(unit));
    if (f == null) {
      throw BuiltinException.failed("unit " + unit + " not recognized");
    }
    BigDecimal n = amount(m, "amount").multiply(f);
    return RegoNumber.of(
        n.stripTrailingZeros().scale() <= 0 ? n : n.setScale(10, RoundingMode.HALF_UP));
  }

  private static Value parseBytes(String s) {
    Matcher m = parts(s, "byte amount");
    String unit = CaseMap.lower(m.group(3));
    boolean bytes = unit.length() > 1 && unit.endsWith("b");
    BigDecimal f = factor(bytes ? unit.substring(0, unit.length() - 1) : unit);
    if (f == null) {
      throw BuiltinException.failed("byte unit " + unit + " not recognized");
    }
    return RegoNumber.of(
        amount(m, "byte amount").multiply(f).setScale(0, RoundingMode.DOWN).toBigInteger());
  }
}
