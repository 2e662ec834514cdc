// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A schema or a part of one: the rules of its keywords. */
final class Node {
  /** The rule of one keyword. */
  @FunctionalInterface
  interface Rule {
    void check(Value v, String at, Run run, Report report);
  }

  /** True or false where the schema is just that. */
  @Nullable Boolean always;

  /** The schema that stands for this one. */
  @Nullable Node target;

  final Set<String> types = new LinkedHashSet<>();
  final List<Rule> rules = new ArrayList<>();

  /** Rules for properties, after all others. */
  final List<Rule> last = new ArrayList<>();

  void check(Value v, String at, Run run, Report report) {
    run.enter();
    apply(v, at, run, report);
    run.leave();
  }

  private void apply(Value v, String at, Run run, Report report) {
    if (always != null) {
      if (!always) {
        report.add(at, "false", "False always fails validation");
      }
      return;
    }
    if (target != null) {
      target.check(v, at, run, report);
      return;
    }
    if (!types.isEmpty() && !types.contains(type(v)) && !(integer(v) && types.contains("number"))) {
      report.add(
          at, "invalid_type", "Invalid type. Expected: " + expected() + ", given: " + type(v));
      return;
    }
    for (Rule r : rules) {
      r.check(v, at, run, report);
    }
    for (Rule r : last) {
      r.check(v, at, run, report);
    }
    report.passed();
  }

  Report report(Value v, String at, Run run) {
    Report r = new Report();
    check(v, at, run, r);
    return r;
  }

  private String expected() {
    String all = String.join(",", types);
    return types.size() == 1 ? all : "[" + all + "]";
  }

  private static boolean integer(Value v) {
    return v instanceof RegoNumber n && n.isInteger();
  }

  private static String type(Value v) {
    return integer(v) ? "integer" : v.typeName();
  }
}
