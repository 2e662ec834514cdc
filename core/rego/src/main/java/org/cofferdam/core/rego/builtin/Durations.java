// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.rego.BuiltinException;

/** Go's durations, {@code 1h30m}, with days, weeks and years of 365 days besides. */
final class Durations {
  private static final Pattern PART =
      Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h|d|w|y)");
  private static final Map<String, Long> NANOS =
      Map.ofEntries(
          Map.entry("ns", 1L),
          Map.entry("us", 1_000L),
          Map.entry("\u00b5s", 1_000L),
          Map.entry("\u03bcs", 1_000L),
          Map.entry("ms", 1_000_000L),
          Map.entry("s", 1_000_000_000L),
          Map.entry("m", 60_000_000_000L),
          Map.entry("h", 3_600_000_000_000L),
          Map.entry("d", 24 * 3_600_000_000_000L),
          Map.entry("w", 7 * 24 * 3_600_000_000_000L),
          Map.entry("y", 365 * 24 * 3_600_000_000_000L));

  private Durations() {}

  static BigInteger parse(String s) {
    boolean negative = s.startsWith("-");
    String rest = negative || s.startsWith("+") ? s.substring(1) : s;
    if (rest.equals("0")) {
      return BigInteger.ZERO;
    }
    BigInteger sum = BigInteger.ZERO;
    Matcher m = PART.matcher(rest);
    int at = 0;
    while (at < rest.length() && m.region(at, rest.length()).lookingAt()) {
      BigDecimal n = new BigDecimal(m.group(1).startsWith(".") ? "0" + m.group(1) : m.group(1));
      sum =
          sum.add(
              n.multiply(BigDecimal.valueOf(NANOS.getOrDefault(m.group(2), 0L)))
                  .setScale(0, RoundingMode.DOWN)
                  .toBigInteger());
      at = m.end();
    }
    if (at < rest.length() || rest.isEmpty() || sum.bitLength() > 63) {
      throw BuiltinException.failed("time: invalid duration \"" + s + "\"");
    }
    return negative ? sum.negate() : sum;
  }
}
