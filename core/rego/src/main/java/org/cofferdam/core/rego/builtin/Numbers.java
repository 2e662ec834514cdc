// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.Decimals;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Arithmetic: exact on integers of any size, with a mantissa of 64 bits on fractions. */
final class Numbers {
  private Numbers() {}

  static void register(Registry r) {
    r.two("plus", (a, b) -> plus(Args.number(a, 1), Args.number(b, 2)));
    r.two("minus", Numbers::minus);
    r.two("mul", (a, b) -> times(Args.number(a, 1), Args.number(b, 2)));
    r.two("div", (a, b) -> divide(Args.number(a, 1), Args.number(b, 2)));
    r.two("rem", (a, b) -> remainder(Args.number(a, 1), Args.number(b, 2)));
    r.one("abs", a -> Args.number(a, 1).signum() < 0 ? negate(Args.number(a, 1)) : a);
    r.one("round", a -> whole(Args.number(a, 1), RoundingMode.HALF_UP));
    r.one("ceil", a -> whole(Args.number(a, 1), RoundingMode.CEILING));
    r.one("floor", a -> whole(Args.number(a, 1), RoundingMode.FLOOR));
    r.add("numbers.range", 2, (c, a) -> range(c, a[0], a[1], BigInteger.ONE));
    r.add(
        "numbers.range_step",
        3,
        (c, a) -> {
          BigInteger step = Args.integer(a[2], 3);
          if (step.signum() <= 0) {
            throw BuiltinException.failed("step must be a positive integer");
          }
          return range(c, a[0], a[1], step);
        });
    r.two("format_int", Numbers::formatInt);
    r.add(
        "rand.intn",
        2,
        (c, a) -> {
          String key = Args.string(a[0], 1);
          int n = Args.small(a[1], 2);
          if (n == 0) {
            return RegoNumber.of(0);
          }
          int bound = n == Integer.MIN_VALUE ? Integer.MAX_VALUE : Math.abs(n);
          return c.once(
              "rand.intn " + n + " " + key, () -> RegoNumber.of(c.random().nextInt(bound)));
        });
  }

  static RegoNumber plus(RegoNumber a, RegoNumber b) {
    if (a.isLong() && b.isLong()) {
      long s = a.longValue() + b.longValue();
      if (((a.longValue() ^ s) & (b.longValue() ^ s)) >= 0) {
        return RegoNumber.of(s);
      }
    }
    if (a.isInteger() && b.isInteger()) {
      return RegoNumber.of(a.toBigInteger().add(b.toBigInteger()));
    }
    return fraction(rounded(a).add(rounded(b)));
  }

  private static Value minus(Value a, Value b) {
    if (a instanceof RegoNumber x && b instanceof RegoNumber y) {
      return plus(x, negate(y));
    }
    if (a instanceof RegoSet x && b instanceof RegoSet y) {
      return RegoSet.of(x.items().stream().filter(v -> !y.contains(v)).toList());
    }
    if (!(a instanceof RegoNumber || a instanceof RegoSet)) {
      throw Args.wrong(1, a, "number", "set");
    }
    throw Args.wrong(2, b, b instanceof RegoNumber || a instanceof RegoSet ? "set" : "number");
  }

  private static RegoNumber negate(RegoNumber a) {
    return a.isInteger()
        ? RegoNumber.of(a.toBigInteger().negate())
        : RegoNumber.of(a.toBigDecimal().negate());
  }

  static RegoNumber times(RegoNumber a, RegoNumber b) {
    if (a.isLong() && b.isLong()) {
      long hi = Math.multiplyHigh(a.longValue(), b.longValue());
      long lo = a.longValue() * b.longValue();
      if ((hi == 0 && lo >= 0) || (hi == -1 && lo < 0)) {
        return RegoNumber.of(lo);
      }
    }
    if (a.isInteger() && b.isInteger()) {
      BigInteger x = a.toBigInteger();
      BigInteger y = b.toBigInteger();
      if (x.bitLength() + y.bitLength() > RegoNumber.MAX_DIGITS * 3) {
        throw BuiltinException.failed("number too big");
      }
      return RegoNumber.of(x.multiply(y));
    }
    return fraction(rounded(a).multiply(rounded(b)));
  }

  private static RegoNumber divide(RegoNumber a, RegoNumber b) {
    if (b.signum() == 0) {
      throw BuiltinException.failed("divide by zero");
    }
    if (a.isLong() && b.isLong() && b.longValue() != -1 && a.longValue() % b.longValue() == 0) {
      return RegoNumber.of(a.longValue() / b.longValue());
    }
    return number(Decimals.divide(rounded(a), rounded(b)));
  }

  private static RegoNumber remainder(RegoNumber a, RegoNumber b) {
    if (!a.isInteger() || !b.isInteger()) {
      throw BuiltinException.failed("modulo on floating-point number");
    }
    if (b.signum() == 0) {
      throw BuiltinException.failed("modulo by zero");
    }
    return RegoNumber.of(a.toBigInteger().remainder(b.toBigInteger()));
  }

  private static BigDecimal rounded(RegoNumber n) {
    return Decimals.round(n.toBigDecimal());
  }

  private static RegoNumber fraction(BigDecimal exact) {
    return number(Decimals.round(exact));
  }

  private static RegoNumber number(BigDecimal rounded) {
    BigDecimal s = rounded.stripTrailingZeros();
    if (s.scale() <= 0) {
      return RegoNumber.of(s.toBigInteger());
    }
    BigDecimal shortest = Decimals.shortest(rounded);
    if (shortest.scale() > RegoNumber.MAX_DIGITS) {
      throw BuiltinException.failed("number too small");
    }
    return RegoNumber.of(shortest);
  }

  private static RegoNumber whole(RegoNumber n, RoundingMode mode) {
    return n.isInteger()
        ? RegoNumber.of(n.toBigInteger())
        : RegoNumber.of(n.toBigDecimal().setScale(0, mode).toBigInteger());
  }

  private static Value range(CallContext c, Value from, Value to, BigInteger step) {
    BigInteger a = Args.integer(from, 1);
    BigInteger b = Args.integer(to, 2);
    BigInteger count = b.subtract(a).abs().divide(step).add(BigInteger.ONE);
    c.charge(count.bitLength() < 63 ? count.longValue() : Long.MAX_VALUE);
    List<Value> out = new ArrayList<>((int) Math.min(count.longValue(), 1 << 16));
    BigInteger d = b.compareTo(a) < 0 ? step.negate() : step;
    BigInteger at = a;
    for (long i = 0; i < count.longValue(); i++) {
      c.work(1);
      out.add(RegoNumber.of(at));
      at = at.add(d);
    }
    return RegoArray.of(out);
  }

  private static @Nullable Value formatInt(Value v, Value base) {
    RegoNumber n = Args.number(v, 1);
    int radix = Args.number(base, 2).isLong() ? (int) Args.number(base, 2).longValue() : 0;
    if (radix != 2 && radix != 8 && radix != 10 && radix != 16) {
      throw BuiltinException.type("operand 2 must be one of {2, 8, 10, 16}");
    }
    return RegoString.of(n.toBigInteger().toString(radix));
  }
}
