// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigInteger;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.Value;

/** Bit operations on integers of any size. */
final class Bits {
  private static final int MAX_SHIFT = 1 << 16;

  private Bits() {}

  static void register(Registry r) {
    r.two("bits.or", (a, b) -> RegoNumber.of(Args.integer(a, 1).or(Args.integer(b, 2))));
    r.two("bits.and", (a, b) -> RegoNumber.of(Args.integer(a, 1).and(Args.integer(b, 2))));
    r.two("bits.xor", (a, b) -> RegoNumber.of(Args.integer(a, 1).xor(Args.integer(b, 2))));
    r.one("bits.negate", a -> RegoNumber.of(Args.integer(a, 1).not()));
    r.two("bits.lsh", (a, b) -> RegoNumber.of(Args.integer(a, 1).shiftLeft(distance(b))));
    r.two("bits.rsh", (a, b) -> RegoNumber.of(Args.integer(a, 1).shiftRight(distance(b))));
  }

  private static int distance(Value v) {
    BigInteger n = Args.integer(v, 2);
    if (n.signum() < 0) {
      throw BuiltinException.type(
          "operand 2 must be an unsigned integer number but got a negative integer");
    }
    if (n.bitLength() > 31 || n.intValue() > MAX_SHIFT) {
      throw BuiltinException.failed("operand 2 must not be larger than " + MAX_SHIFT);
    }
    return n.intValue();
  }
}
