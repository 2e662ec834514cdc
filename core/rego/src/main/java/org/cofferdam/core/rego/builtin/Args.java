// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/** Arguments of the types that a built-in asks for; {@code n} counts operands from 1. */
final class Args {
  private Args() {}

  static BuiltinException wrong(int n, Value v, String... types) {
    String want = types.length == 1 ? types[0] : "one of {" + String.join(", ", types) + "}";
    return BuiltinException.type("operand " + n + " must be " + want + " but got " + v.typeName());
  }

  static String string(Value v, int n) {
    if (v instanceof RegoString s) {
      return s.value();
    }
    throw wrong(n, v, "string");
  }

  static RegoNumber number(Value v, int n) {
    if (v instanceof RegoNumber x) {
      return x;
    }
    throw wrong(n, v, "number");
  }

  static boolean bool(Value v, int n) {
    if (v instanceof RegoBoolean b) {
      return b.value();
    }
    throw wrong(n, v, "boolean");
  }

  static RegoArray array(Value v, int n) {
    if (v instanceof RegoArray a) {
      return a;
    }
    throw wrong(n, v, "array");
  }

  static RegoObject object(Value v, int n) {
    if (v instanceof RegoObject o) {
      return o;
    }
    throw wrong(n, v, "object");
  }

  static RegoSet set(Value v, int n) {
    if (v instanceof RegoSet s) {
      return s;
    }
    throw wrong(n, v, "set");
  }

  static BigInteger integer(Value v, int n) {
    if (!(v instanceof RegoNumber x)) {
      throw wrong(n, v, "integer");
    }
    if (!x.isInteger()) {
      throw BuiltinException.type(
          "operand " + n + " must be integer number but got floating-point number");
    }
    return x.toBigInteger();
  }

  /** An integer of 32 bits; one beyond saturates. */
  static int small(Value v, int n) {
    BigInteger i = number(v, n).isInteger() ? integer(v, n) : null;
    if (i == null) {
      throw BuiltinException.type(
          "operand " + n + " must be integer number but got floating-point number");
    }
    return i.bitLength() < 32
        ? i.intValue()
        : i.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
  }

  /** The elements of an array or a set, all of them strings. */
  static List<String> strings(Value v, int n) {
    if (!(v instanceof RegoArray || v instanceof RegoSet)) {
      throw wrong(n, v, "set", "array");
    }
    List<String> out = new ArrayList<>(v.size());
    for (int i = 0; i < v.size(); i++) {
      if (!(v.valueAt(i) instanceof RegoString s)) {
        throw BuiltinException.type(
            "operand "
                + n
                + " must be "
                + v.typeName()
                + " of strings but got "
                + v.typeName()
                + " containing "
                + v.valueAt(i).typeName());
      }
      out.add(s.value());
    }
    return out;
  }

  static RegoArray arrayOf(List<String> strings) {
    return RegoArray.of(strings.stream().map(RegoString::of).toList());
  }
}
