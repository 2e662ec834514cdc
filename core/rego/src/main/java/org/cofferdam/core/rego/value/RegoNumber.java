// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number of any size. Integers that fit a {@code long} are kept as one; everything else is an
 * exact decimal. The text of a literal such as {@code 1.0} is kept for printing and takes no part
 * in comparison.
 */
public final class RegoNumber implements Value {
  private static final RegoNumber[] SMALL = new RegoNumber[1280];
  private static final int SMALL_MIN = -256;

  /** Numbers with more digits or a larger exponent than this are refused. */
  public static final int MAX_DIGITS = 20_000;

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = new RegoNumber(i + SMALL_MIN, null, null);
    }
  }

  private final long integer;
  private final @Nullable BigDecimal decimal;
  private final @Nullable String text;

  private RegoNumber(long integer, @Nullable BigDecimal decimal, @Nullable String text) {
    this.integer = integer;
    this.decimal = decimal;
    this.text = text;
  }

  public static RegoNumber of(long n) {
    long i = n - SMALL_MIN;
    return i >= 0 && i < SMALL.length ? SMALL[(int) i] : new RegoNumber(n, null, null);
  }

  public static RegoNumber of(BigInteger n) {
    return n.bitLength() < 64 ? of(n.longValue()) : new RegoNumber(0, new BigDecimal(n), null);
  }

  public static RegoNumber of(BigDecimal n) {
    return of(n, null);
  }

  private static RegoNumber of(BigDecimal n, @Nullable String text) {
    if (n.signum() == 0) {
      return text == null ? of(0) : new RegoNumber(0, null, text);
    }
    // precision - scale is the number of digits before the point
    if (n.precision() - (long) n.scale() <= 19 && n.stripTrailingZeros().scale() <= 0) {
      BigInteger i = n.toBigIntegerExact();
      if (i.bitLength() < 64) {
        return text == null ? of(i.longValue()) : new RegoNumber(i.longValue(), null, text);
      }
    }
    return new RegoNumber(0, n, text);
  }

  /**
   * Parses JSON number syntax.
   *
   * @throws NumberFormatException where {@code text} is no number, or one beyond {@link
   *     #MAX_DIGITS}
   */
  public static RegoNumber parse(String text) {
    int n = text.length();
    if (n <= 18 && n > 0) {
      int i = text.charAt(0) == '-' ? 1 : 0;
      long v = 0;
      boolean plain = i < n && (i + 1 == n || text.charAt(i) != '0');
      for (; plain && i < n; i++) {
        char c = text.charAt(i);
        plain = c >= '0' && c <= '9';
        v = v * 10 + (c - '0');
      }
      if (plain && !text.equals("-0")) {
        return of(text.charAt(0) == '-' ? -v : v);
      }
    }
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (n > MAX_DIGITS || (e >= 0 && n - e > 8)) {
      throw new NumberFormatException("number too big");
    }
    BigDecimal d = new BigDecimal(text);
    if (Math.abs((long) d.scale()) > MAX_DIGITS) {
      throw new NumberFormatException("number too big");
    }
    boolean plainInteger = e < 0 && text.indexOf('.') < 0;
    return of(d, plainInteger ? null : text);
  }

  /** True where the value is an integer in the range of {@code long}. */
  public boolean isLong() {
    return decimal == null;
  }

  /** The value as a {@code long}; only where {@link #isLong}. */
  public long longValue() {
    return integer;
  }

  /** True where the value has no fraction. */
  public boolean isInteger() {
    return decimal == null || decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0;
  }

  /** True where the number was written as an integer, or computed as one. */
  public boolean isPlainInteger() {
    return text == null && isInteger();
  }

  public BigInteger toBigInteger() {
    return decimal == null ? BigInteger.valueOf(integer) : decimal.toBigInteger();
  }

  public BigDecimal toBigDecimal() {
    return decimal == null ? BigDecimal.valueOf(integer) : decimal;
  }

  public double doubleValue() {
    return decimal == null ? integer : decimal.doubleValue();
  }

  public int signum() {
    return decimal == null ? Long.signum(integer) : decimal.signum();
  }

  @Override
  public String typeName() {
    return "number";
  }

  @Override
  public int rank() {
    return 2;
  }

  @Override
  public int compareTo(Value o) {
    if (!(o instanceof RegoNumber n)) {
      return Integer.compare(2, o.rank());
    }
    return decimal == null && n.decimal == null
        ? Long.compare(integer, n.integer)
        : toBigDecimal().compareTo(n.toBigDecimal());
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof RegoNumber n)) {
      return false;
    }
    if (decimal == null || n.decimal == null) {
      return decimal == null && n.decimal == null && integer == n.integer;
    }
    return decimal.compareTo(n.decimal) == 0;
  }

  @Override
  public int hashCode() {
    return decimal == null ? Long.hashCode(integer) : Double.hashCode(decimal.doubleValue());
  }

  @Override
  public String toString() {
    if (text != null) {
      return text;
    }
    return decimal == null ? Long.toString(integer) : Decimals.format(decimal);
  }
}
