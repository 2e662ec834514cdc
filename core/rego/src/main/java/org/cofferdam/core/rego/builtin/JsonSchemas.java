// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.schema.Fault;
import org.cofferdam.core.rego.schema.JsonSchema;
import org.cofferdam.core.rego.schema.SchemaException;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.JsonException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/** {@code json.match_schema} and {@code json.verify_schema}. */
final class JsonSchemas {
  private JsonSchemas() {}

  static void register(Registry r) {
    r.add("json.match_schema", 2, JsonSchemas::match);
    r.one("json.verify_schema", JsonSchemas::verify);
  }

  /** A document: a JSON text, an object or an array. */
  private static Value document(Value v) {
    if (v instanceof RegoObject || v instanceof RegoArray) {
      // Sets and keys that are no strings become what JSON has.
      return Json.parse(Json.write(v));
    }
    if (!(v instanceof RegoString s)) {
      throw new BadDocument("wrong type, expected string or object");
    }
    try {
      return Json.parse(s.value());
    } catch (JsonException e) {
      throw new BadDocument("invalid JSON string");
    }
  }

  /** Neither a JSON text nor a value that can be one. */
  private static final class BadDocument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadDocument(String message) {
      super(message, null, false, false);
    }
  }

  private static Value match(CallContext c, Value[] a) {
    Sizes.charge(c, a[0]);
    Sizes.charge(c, a[1]);
    List<Fault> faults;
    try {
      faults = JsonSchema.of(document(a[1])).check(document(a[0]), () -> c.work(1));
    } catch (SchemaException | BadDocument e) {
      throw BuiltinException.failed(String.valueOf(e.getMessage()));
    }
    List<Value> out = new ArrayList<>();
    for (Fault f : faults) {
      String field = f.field().startsWith("(Root).") ? f.field().substring(7) : f.field();
      Map<Value, Value> m = new HashMap<>();
      m.put(RegoString.of("error"), RegoString.of(field + ": " + f.text()));
      m.put(RegoString.of("type"), RegoString.of(f.type()));
      m.put(RegoString.of("field"), RegoString.of(field));
      m.put(RegoString.of("desc"), RegoString.of(f.text()));
      out.add(RegoObject.of(m));
    }
    return RegoArray.of(RegoBoolean.of(faults.isEmpty()), RegoArray.of(out));
  }

  private static Value verify(Value schema) {
    try {
      JsonSchema.of(document(schema));
      return RegoArray.of(RegoBoolean.TRUE, RegoNull.NULL);
    } catch (SchemaException | BadDocument e) {
      return RegoArray.of(RegoBoolean.FALSE, RegoString.of("jsonschema: " + e.getMessage()));
    }
  }
}
