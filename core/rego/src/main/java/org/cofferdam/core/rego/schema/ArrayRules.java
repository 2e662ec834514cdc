// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Keywords for arrays. */
final class ArrayRules {
  private static final String SCHEMAS = "valid schema/array of schemas";

  private final Compiler compiler;
  private final Node node;
  private final RegoObject schema;
  private final String base;

  ArrayRules(Compiler compiler, Node node, RegoObject schema, String base) {
    this.compiler = compiler;
    this.node = node;
    this.schema = schema;
    this.base = base;
  }

  /** A rule of an array. */
  private interface Rule {
    void check(RegoArray a, String at, Run run, Report report);
  }

  private void rule(Rule r) {
    node.rules.add(
        (v, at, run, report) -> {
          if (v instanceof RegoArray a) {
            r.check(a, at, run, report);
          }
        });
  }

  void add() {
    items();
    counts();
    Value unique = schema.get("uniqueItems");
    if (unique != null && !(unique instanceof RegoBoolean)) {
      throw new SchemaException("uniqueItems must be of a boolean");
    }
    if (unique == RegoBoolean.TRUE) {
      rule(ArrayRules::unique);
    }
    Value contains = schema.get("contains");
    if (contains != null) {
      Node x = compiler.sub(contains, base, "valid schema", "contains");
      rule((a, at, run, report) -> contains(x, a, at, run, report));
    }
  }

  private void items() {
    Value items = schema.get("items");
    Value more = schema.get("additionalItems");
    Node rest =
        more == null ? null : compiler.sub(more, base, "boolean/valid schema", "additionalItems");
    boolean closed = more instanceof RegoBoolean b && !b.value();
    if (items instanceof RegoArray list) {
      List<Node> nodes = new ArrayList<>();
      for (Value v : list.items()) {
        nodes.add(compiler.sub(v, base, SCHEMAS, "items"));
      }
      rule((a, at, run, report) -> tuple(nodes, closed ? null : rest, closed, a, at, run, report));
    } else if (items != null) {
      Node each = compiler.sub(items, base, SCHEMAS, "items");
      rule(
          (a, at, run, report) -> {
            for (int i = 0; i < a.size(); i++) {
              each.check(a.valueAt(i), at + "." + i, run, report);
            }
          });
    }
  }

  private static void tuple(
      List<Node> nodes,
      @Nullable Node rest,
      boolean closed,
      RegoArray a,
      String at,
      Run run,
      Report report) {
    for (int i = 0; i < a.size(); i++) {
      Node n = i < nodes.size() ? nodes.get(i) : nodes.isEmpty() ? null : rest;
      if (n != null) {
        n.check(a.valueAt(i), at + "." + i, run, report);
      }
    }
    if (closed && a.size() > nodes.size() && !nodes.isEmpty()) {
      report.add(at, "array_no_additional_items", "No additional items allowed on array");
    }
  }

  private void counts() {
    int min = Compiler.count(schema, "minItems");
    int max = Compiler.count(schema, "maxItems");
    if (min < 0 && max < 0) {
      return;
    }
    rule(
        (a, at, run, report) -> {
          if (a.size() < min) {
            report.add(at, "array_min_items", "Array must have at least " + min + " items");
          }
          if (max >= 0 && a.size() > max) {
            report.add(at, "array_max_items", "Array must have at most " + max + " items");
          }
        });
  }

  private static void unique(RegoArray a, String at, Run run, Report report) {
    Map<Value, Integer> seen = new HashMap<>();
    for (int i = 0; i < a.size(); i++) {
      Integer first = seen.put(a.valueAt(i), i);
      if (first != null) {
        report.add(at, "unique", "array items[" + first + "," + i + "] must be unique");
      }
    }
  }

  private static void contains(Node x, RegoArray a, String at, Run run, Report report) {
    Report best = null;
    for (int i = 0; i < a.size(); i++) {
      Report r = x.report(a.valueAt(i), at + "." + i, run);
      if (r.valid()) {
        return;
      }
      best = best == null || r.betterThan(best) ? r : best;
    }
    report.add(at, "contains", "At least one of the items must match");
    if (best != null) {
      report.merge(best);
    }
  }
}
