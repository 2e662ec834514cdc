// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount as Kubernetes writes it (apimachinery, {@code resource.Quantity}): {@code 500m}, {@code
 * 64Mi}, {@code 1e3}.
 *
 * @param value exact
 */
public record Quantity(BigDecimal value) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<number>[+-]?([0-9]{1,20}(\\.[0-9]{0,20})?|\\.[0-9]{1,20}))"
              + "(?<suffix>Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE](?<exponent>[+-]?[0-9]{1,2}))?");
  private static final Map<String, BigDecimal> SUFFIXES =
      Map.ofEntries(
          Map.entry("n", BigDecimal.ONE.scaleByPowerOfTen(-9)),
          Map.entry("u", BigDecimal.ONE.scaleByPowerOfTen(-6)),
          Map.entry("m", BigDecimal.ONE.scaleByPowerOfTen(-3)),
          Map.entry("k", BigDecimal.ONE.scaleByPowerOfTen(3)),
          Map.entry("M", BigDecimal.ONE.scaleByPowerOfTen(6)),
          Map.entry("G", BigDecimal.ONE.scaleByPowerOfTen(9)),
          Map.entry("T", BigDecimal.ONE.scaleByPowerOfTen(12)),
          Map.entry("P", BigDecimal.ONE.scaleByPowerOfTen(15)),
          Map.entry("E", BigDecimal.ONE.scaleByPowerOfTen(18)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
          Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

  /** Empty where the text is no quantity. */
  public static Optional<Quantity> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group("number"));
    String exponent = matcher.group("exponent");
    if (exponent != null) {
      return Optional.of(new Quantity(number.scaleByPowerOfTen(Integer.parseInt(exponent))));
    }
    String suffix = matcher.group("suffix");
    return Optional.of(
        new Quantity(
            suffix == null
                ? number
                : number.multiply(SUFFIXES.getOrDefault(suffix, BigDecimal.ONE))));
  }

  /** In whole units, rounded up as Kubernetes does; empty where 64 bits have no room. */
  public Optional<Long> units() {
    return whole(value);
  }

  /** In thousandths, rounded up; empty where 64 bits have no room. */
  public Optional<Long> millis() {
    return whole(value.scaleByPowerOfTen(3));
  }

  private static Optional<Long> whole(BigDecimal value) {
    BigDecimal rounded = value.setScale(0, RoundingMode.CEILING);
    return rounded.toBigInteger().bitLength() < 64
        ? Optional.of(rounded.longValue())
        : Optional.empty();
  }
}
