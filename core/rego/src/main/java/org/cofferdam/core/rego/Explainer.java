// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.eval.Frame;
import org.cofferdam.core.rego.eval.RuleSet;
import org.cofferdam.core.rego.eval.Step;
import org.cofferdam.core.rego.eval.Tracer;
import org.cofferdam.core.rego.value.Value;

/** Collects what failed while a query was evaluated. */
final class Explainer extends Tracer {
  private static final int MAX_FAILURES = 500;
  private static final int MAX_PER_LITERAL = 3;
  private static final int MAX_TEXT = 300;

  private record Open(String rule, int failuresBefore) {}

  private final Deque<Open> open = new ArrayDeque<>();
  private final List<Explanation.Failure> failures = new ArrayList<>();

  List<Explanation.Failure> failures() {
    return List.copyOf(failures);
  }

  @Override
  protected void began(RuleSet rules) {
    open.addLast(new Open(rules.name(), failures.size()));
  }

  @Override
  protected void ended(RuleSet rules, boolean held) {
    Open o = open.removeLast();
    if (held) {
      failures.subList(Math.min(o.failuresBefore, failures.size()), failures.size()).clear();
    }
  }

  @Override
  protected void failedNow(Step step, Frame f) {
    Step.Origin origin = step.origin();
    if (origin.text().isEmpty() || failures.size() >= MAX_FAILURES) {
      return;
    }
    List<String> rules = open.stream().map(Open::rule).toList();
    Map<String, String> values = new LinkedHashMap<>();
    for (Step.Part p : origin.parts().get()) {
      Value v = p.value().eval(f);
      String text = v == null ? "undefined" : v.toString();
      values.put(p.text(), text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text);
    }
    int same = 0;
    for (int i = failures.size() - 1; i >= 0; i--) {
      Explanation.Failure x = failures.get(i);
      if (x.at().equals(origin.at()) && x.text().equals(origin.text()) && x.rules().equals(rules)) {
        same++;
        if (same >= MAX_PER_LITERAL || x.values().equals(values)) {
          failures.set(
              i, new Explanation.Failure(rules, x.at(), x.text(), x.values(), x.times() + 1));
          return;
        }
      }
    }
    failures.add(new Explanation.Failure(rules, origin.at(), origin.text(), values, 1));
  }
}
