// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.function.Predicate;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Types and casts. */
final class Types {
  private Types() {}

  static void register(Registry r) {
    is(r, "is_null", v -> v instanceof RegoNull);
    is(r, "is_boolean", v -> v instanceof RegoBoolean);
    is(r, "is_number", v -> v instanceof RegoNumber);
    is(r, "is_string", v -> v instanceof RegoString);
    is(r, "is_array", v -> v instanceof RegoArray);
    is(r, "is_object", v -> v instanceof RegoObject);
    is(r, "is_set", v -> v instanceof RegoSet);
    r.one("type_name", v -> RegoString.of(v.typeName()));
    r.one("to_number", Types::toNumber);
    cast(r, "cast_null", "null", v -> v instanceof RegoNull);
    cast(r, "cast_boolean", "boolean", v -> v instanceof RegoBoolean);
    cast(r, "cast_string", "string", v -> v instanceof RegoString);
    cast(r, "cast_object", "object", v -> v instanceof RegoObject);
    r.one(
        "cast_array",
        v ->
            switch (v) {
              case RegoArray a -> a;
              case RegoSet s -> RegoArray.of(s.items());
              default -> throw Args.wrong(1, v, "array", "set");
            });
    r.one(
        "cast_set",
        v ->
            switch (v) {
              case RegoArray a -> RegoSet.of(a.items());
              case RegoSet s -> s;
              default -> throw Args.wrong(1, v, "array", "set");
            });
  }

  private static void is(Registry r, String name, Predicate<Value> test) {
    r.test(name, test);
  }

  private static void cast(Registry r, String name, String type, Predicate<Value> test) {
    r.one(
        name,
        v -> {
          if (!test.test(v)) {
            throw Args.wrong(1, v, type);
          }
          return v;
        });
  }

  private static @Nullable Value toNumber(Value v) {
    return switch (v) {
      case RegoNull _ -> RegoNumber.of(0);
      case RegoBoolean b -> RegoNumber.of(b.value() ? 1 : 0);
      case RegoNumber n -> n;
      case RegoString s -> parse(s.value());
      default -> throw Args.wrong(1, v, "null", "boolean", "number", "string");
    };
  }

  private static Value parse(String s) {
    if (!s.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?")) {
      if (s.matches("(?i)[+-]?(nan|inf|infinity)")) {
        throw BuiltinException.type("operand 1 must be valid number string");
      }
      throw BuiltinException.failed("invalid syntax");
    }
    try {
      return RegoNumber.parse(s);
    } catch (NumberFormatException e) {
      throw BuiltinException.failed("value out of range");
    }
  }
}
