// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Arithmetic on fractions as OPA does it: binary floating point with a mantissa of 64 bits, rounded
 * to the nearest even, printed with the fewest digits that give the same number back.
 */
public final class Decimals {
  private static final int BITS = 64;

  private Decimals() {}

  /** The value nearest to {@code num / den} that has a mantissa of 64 bits. */
  static BigDecimal round(BigInteger num, BigInteger den) {
    if (num.signum() == 0) {
      return BigDecimal.ZERO;
    }
    boolean negative = num.signum() < 0;
    BigInteger n = num.abs();
    // Two bits more than needed, so that the remainder only has to break ties.
    int shift = BITS + 2 - (n.bitLength() - den.bitLength());
    BigInteger[] qr =
        shift >= 0
            ? n.shiftLeft(shift).divideAndRemainder(den)
            : n.divideAndRemainder(den.shiftLeft(-shift));
    BigInteger q = qr[0];
    boolean sticky = qr[1].signum() != 0;
    int drop = q.bitLength() - BITS;
    BigInteger low = q.and(BigInteger.ONE.shiftLeft(drop).subtract(BigInteger.ONE));
    BigInteger half = BigInteger.ONE.shiftLeft(drop - 1);
    BigInteger m = q.shiftRight(drop);
    int c = low.compareTo(half);
    if (c > 0 || (c == 0 && (sticky || m.testBit(0)))) {
      m = m.add(BigInteger.ONE);
    }
    int exponent = drop - shift;
    BigDecimal r =
        exponent >= 0
            ? new BigDecimal(m.shiftLeft(exponent))
            : new BigDecimal(m).divide(new BigDecimal(BigInteger.ONE.shiftLeft(-exponent)));
    return negative ? r.negate() : r;
  }

  /** {@code d} rounded to a mantissa of 64 bits. */
  public static BigDecimal round(BigDecimal d) {
    return d.scale() <= 0
        ? round(d.toBigInteger(), BigInteger.ONE)
        : round(d.unscaledValue(), BigInteger.TEN.pow(d.scale()));
  }

  /** {@code a / b}, rounded to 64 bits. */
  public static BigDecimal divide(BigDecimal a, BigDecimal b) {
    BigInteger num = a.unscaledValue();
    BigInteger den = b.unscaledValue();
    int scale = a.scale() - b.scale();
    if (scale > 0) {
      den = den.multiply(BigInteger.TEN.pow(scale));
    } else {
      num = num.multiply(BigInteger.TEN.pow(-scale));
    }
    return den.signum() < 0 ? round(num.negate(), den.negate()) : round(num, den);
  }

  /** The decimal with the fewest digits that rounds to {@code exact}, which has 64 bits. */
  public static BigDecimal shortest(BigDecimal exact) {
    if (exact.signum() == 0) {
      return BigDecimal.ZERO;
    }
    if (exact.precision() <= 19) {
      return exact.stripTrailingZeros();
    }
    for (int digits = 1; digits <= 21; digits++) {
      BigDecimal d = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (round(d).compareTo(exact) == 0) {
        return d.stripTrailingZeros();
      }
    }
    return exact;
  }

  /** Plain digits for integers, Go's {@code %g} for fractions. */
  static String format(BigDecimal d) {
    BigDecimal s = d.stripTrailingZeros();
    if (s.scale() <= 0) {
      return s.toPlainString();
    }
    int exponent = s.precision() - s.scale() - 1;
    if (exponent < -4 || exponent >= 21) {
      String digits = s.unscaledValue().abs().toString();
      String e = Integer.toString(Math.abs(exponent));
      return (s.signum() < 0 ? "-" : "")
          + digits.charAt(0)
          + (digits.length() > 1 ? "." + digits.substring(1) : "")
          + (exponent < 0 ? "e-" : "e+")
          + (e.length() < 2 ? "0" + e : e);
    }
    return s.toPlainString();
  }
}
