// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.eval.Index;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Builds the index of a rule set: again and again by the term that most rules compare. */
final class Indexer {
  private Indexer() {}

  static @Nullable Index index(List<RulePlanner.Planned> rules) {
    Index i = build(rules, new HashSet<>());
    return i instanceof Index.Leaf ? null : i;
  }

  private static Index build(List<RulePlanner.Planned> rules, Set<Condition.Subject> done) {
    Condition.Subject subject = best(rules, done);
    if (subject == null) {
      return new Index.Leaf(rules.stream().map(RulePlanner.Planned::rule).toList());
    }
    Set<Value> values = new LinkedHashSet<>();
    for (RulePlanner.Planned p : rules) {
      p.conditions().stream()
          .filter(c -> c.subject().equals(subject))
          .forEach(c -> values.add(c.constant()));
    }
    Set<Condition.Subject> next = new HashSet<>(done);
    next.add(subject);
    Map<Value, Index> byValue = new HashMap<>();
    for (Value v : values) {
      byValue.put(v, build(rules.stream().filter(p -> allows(p, subject, v)).toList(), next));
    }
    Index others = build(rules.stream().filter(p -> !compares(p, subject)).toList(), next);
    return new Index.Choice(subject.arg(), subject.term(), byValue, others);
  }

  private static boolean compares(RulePlanner.Planned p, Condition.Subject s) {
    return p.conditions().stream().anyMatch(c -> c.subject().equals(s));
  }

  private static boolean allows(RulePlanner.Planned p, Condition.Subject s, Value v) {
    return p.conditions().stream().allMatch(c -> !c.subject().equals(s) || c.constant().equals(v));
  }

  private static Condition.@Nullable Subject best(
      List<RulePlanner.Planned> rules, Set<Condition.Subject> done) {
    Map<Condition.Subject, Integer> counts = new LinkedHashMap<>();
    for (RulePlanner.Planned p : rules) {
      List<Condition.Subject> subjects = new ArrayList<>();
      p.conditions().forEach(c -> subjects.add(c.subject()));
      new LinkedHashSet<>(subjects).forEach(s -> counts.merge(s, 1, Integer::sum));
    }
    Condition.Subject best = null;
    // Rules that do not compare are candidates everywhere: with many of them there is nothing to
    // win.
    int most = rules.size() / 2;
    for (Map.Entry<Condition.Subject, Integer> e : counts.entrySet()) {
      if (e.getValue() > most && !done.contains(e.getKey())) {
        best = e.getKey();
        most = e.getValue();
      }
    }
    return best;
  }
}
