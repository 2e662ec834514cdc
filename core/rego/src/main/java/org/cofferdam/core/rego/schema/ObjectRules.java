// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.schema;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Keywords for objects. */
final class ObjectRules {
  private final Compiler compiler;
  private final Node node;
  private final RegoObject schema;
  private final String base;
  private final Map<Value, Node> properties = new TreeMap<>();
  private final Map<Pattern, Node> patterns = new LinkedHashMap<>();

  ObjectRules(Compiler compiler, Node node, RegoObject schema, String base) {
    this.compiler = compiler;
    this.node = node;
    this.schema = schema;
    this.base = base;
  }

  void add() {
    counts();
    required();
    children();
    Value more = schema.get("additionalProperties");
    Node rest =
        more == null
            ? null
            : compiler.sub(more, base, "boolean/valid schema", "additionalProperties");
    boolean closed = more instanceof RegoBoolean b && !b.value();
    if (rest != null || !patterns.isEmpty()) {
      rule((o, at, run, report) -> others(o, at, run, report, rest, closed));
    }
    Value names = schema.get("propertyNames");
    if (names != null) {
      Node x = compiler.sub(names, base, "valid schema", "propertyNames");
      rule(
          (o, at, run, report) -> {
            for (int i = 0; i < o.size(); i++) {
              Report r = x.report(o.keyAt(i), at, run);
              if (!r.valid()) {
                report.add(
                    at,
                    "invalid_property_name",
                    "Property name of \"" + text(o.keyAt(i)) + "\" does not match");
                report.merge(r);
              }
            }
          });
    }
    properties.forEach(
        (key, x) ->
            node.last.add(
                (v, at, run, report) -> {
                  Value found = v instanceof RegoObject ? v.get(key) : null;
                  if (found != null) {
                    x.check(found, at + "." + text(key), run, report);
                  }
                }));
  }

  /** A rule of an object. */
  private interface Rule {
    void check(RegoObject o, String at, Run run, Report report);
  }

  private void rule(Rule r) {
    node.rules.add(
        (v, at, run, report) -> {
          if (v instanceof RegoObject o) {
            r.check(o, at, run, report);
          }
        });
  }

  static String text(Value key) {
    return key instanceof RegoString s ? s.value() : key.toString();
  }

  private void counts() {
    int min = Compiler.count(schema, "minProperties");
    int max = Compiler.count(schema, "maxProperties");
    Compiler.ordered("minProperties", min, "maxProperties", max);
    if (min < 0 && max < 0) {
      return;
    }
    rule(
        (o, at, run, report) -> {
          if (o.size() < min) {
            report.add(at, "array_min_properties", "Must have at least " + min + " properties");
          }
          if (max >= 0 && o.size() > max) {
            report.add(at, "array_max_properties", "Must have at most " + max + " properties");
          }
        });
  }

  private void required() {
    List<Value> names = required(schema);
    if (names.isEmpty()) {
      return;
    }
    rule(
        (o, at, run, report) -> {
          for (Value n : names) {
            if (o.has(n)) {
              report.passed();
            } else {
              report.add(at, "required", text(n) + " is required");
            }
          }
        });
  }

  private static List<Value> required(RegoObject schema) {
    List<Value> names = new ArrayList<>();
    for (Value v : Compiler.array(schema, "required")) {
      if (!(v instanceof RegoString)) {
        throw new SchemaException("Invalid type. Expected: string, given: required");
      }
      if (names.contains(v)) {
        throw new SchemaException("required items must be unique");
      }
      names.add(v);
    }
    return names;
  }

  private @Nullable RegoObject object(String keyword) {
    Value v = schema.get(keyword);
    if (v == null || v instanceof RegoObject) {
      return (RegoObject) v;
    }
    throw new SchemaException(keyword + " must be of type object");
  }

  private void children() {
    RegoObject all = object("properties");
    for (int i = 0; all != null && i < all.size(); i++) {
      properties.put(
          all.keyAt(i), compiler.sub(all.valueAt(i), base, "valid schema", "properties"));
    }
    RegoObject by = object("patternProperties");
    for (int i = 0; by != null && i < by.size(); i++) {
      String p = text(by.keyAt(i));
      patterns.put(
          Compiler.pattern(p, "Invalid regex pattern '" + p + "'"),
          compiler.sub(by.valueAt(i), base, "valid schema", "patternProperties"));
    }
  }

  private void others(
      RegoObject o, String at, Run run, Report report, @Nullable Node rest, boolean closed) {
    for (int i = 0; i < o.size(); i++) {
      String key = text(o.keyAt(i));
      Value v = o.valueAt(i);
      boolean matched = false;
      for (Map.Entry<Pattern, Node> p : patterns.entrySet()) {
        if (p.getKey().matcher(key).find()) {
          matched = true;
          p.getValue().check(v, at + "." + key, run, report);
        }
      }
      if (matched || properties.containsKey(o.keyAt(i)) || rest == null) {
        continue;
      }
      if (closed) {
        report.add(
            at,
            "additional_property_not_allowed",
            "Additional property " + key + " is not allowed");
      } else {
        rest.check(v, at + "." + key, run, report);
      }
    }
  }
}
