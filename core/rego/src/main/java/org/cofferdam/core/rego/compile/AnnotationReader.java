// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The known members of an annotation, in the form that policies see. */
final class AnnotationReader {
  private AnnotationReader() {}

  static Value read(RegoObject given, String scope) {
    Map<Value, Value> out = new HashMap<>();
    out.put(RegoString.of("scope"), RegoString.of(scope));
    for (String name : List.of("title", "description", "custom", "labels", "organizations")) {
      put(out, name, given.get(name));
    }
    if (given.get("entrypoint") == RegoBoolean.TRUE) {
      out.put(RegoString.of("entrypoint"), RegoBoolean.TRUE);
    }
    put(out, "authors", each(given.get("authors"), AnnotationReader::author));
    put(out, "related_resources", each(given.get("related_resources"), AnnotationReader::resource));
    put(out, "schemas", each(given.get("schemas"), AnnotationReader::schema));
    return RegoObject.of(out);
  }

  private static void put(Map<Value, Value> out, String name, @Nullable Value v) {
    if ((v instanceof RegoString s && !s.value().isEmpty())
        || (v != null && v.isCollection() && v.size() > 0)) {
      out.put(RegoString.of(name), v);
    }
  }

  private static @Nullable Value each(@Nullable Value v, UnaryOperator<Value> f) {
    return v instanceof RegoArray a ? RegoArray.of(a.items().stream().map(f).toList()) : null;
  }

  /** {@code name <email>}, or a mapping. */
  private static Value author(Value v) {
    Map<Value, Value> out = new HashMap<>();
    if (v instanceof RegoObject o) {
      put(out, "name", o.get("name"));
      put(out, "email", o.get("email"));
    } else if (v instanceof RegoString s) {
      String text = s.value().strip();
      int open = text.lastIndexOf('<');
      boolean mail = open >= 0 && text.endsWith(">");
      put(out, "name", RegoString.of(mail ? text.substring(0, open).strip() : text));
      put(out, "email", RegoString.of(mail ? text.substring(open + 1, text.length() - 1) : ""));
    }
    return RegoObject.of(out);
  }

  private static Value resource(Value v) {
    Map<Value, Value> out = new HashMap<>();
    if (v instanceof RegoObject o) {
      put(out, "ref", o.get("ref"));
      put(out, "description", o.get("description"));
    } else {
      put(out, "ref", v);
    }
    return RegoObject.of(out);
  }

  /** {@code path: schema}, where a schema is a reference or a schema itself. */
  private static Value schema(Value v) {
    Map<Value, Value> out = new HashMap<>();
    if (v instanceof RegoObject o && o.size() == 1 && o.keyAt(0) instanceof RegoString path) {
      out.put(RegoString.of("path"), reference(path.value()));
      if (o.valueAt(0) instanceof RegoString s) {
        out.put(RegoString.of("schema"), reference(s.value()));
      } else {
        out.put(RegoString.of("definition"), o.valueAt(0));
      }
    }
    return RegoObject.of(out);
  }

  private static Value reference(String dotted) {
    List<Value> parts = new ArrayList<>();
    for (String part : dotted.split("\\.", -1)) {
      parts.add(RegoString.of(part));
    }
    return RegoArray.of(parts);
  }
}
