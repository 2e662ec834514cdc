// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.eval.RuleSet;
import org.jspecify.annotations.Nullable;

/** Refuses rules that depend on themselves. */
final class Recursion {
  private final Map<RuleSet, Set<RuleSet>> uses;
  private final Map<RuleSet, Location> places;

  Recursion(Map<RuleSet, Set<RuleSet>> uses, Map<RuleSet, Location> places) {
    this.uses = uses;
    this.places = places;
  }

  private record Visit(RuleSet rules, Iterator<RuleSet> next) {}

  void check() {
    Map<RuleSet, Boolean> finished = new HashMap<>();
    for (RuleSet start : uses.keySet()) {
      if (finished.containsKey(start)) {
        continue;
      }
      Deque<Visit> path = new ArrayDeque<>();
      open(start, path, finished);
      while (!path.isEmpty()) {
        Visit v = path.peek();
        if (!v.next.hasNext()) {
          finished.put(v.rules, true);
          path.pop();
          continue;
        }
        RuleSet next = v.next.next();
        Boolean state = finished.get(next);
        if (state == null) {
          open(next, path, finished);
        } else if (!state) {
          throw cycle(path, next);
        }
      }
    }
  }

  private void open(RuleSet r, Deque<Visit> path, Map<RuleSet, Boolean> finished) {
    finished.put(r, false);
    path.push(new Visit(r, uses.getOrDefault(r, Set.of()).iterator()));
  }

  private RegoException cycle(Deque<Visit> path, RuleSet again) {
    List<String> names = new ArrayList<>();
    for (Visit v : path) {
      names.add(0, v.rules.name());
      if (v.rules.equals(again)) {
        break;
      }
    }
    names.add(again.name());
    @Nullable Location at = places.get(again);
    return new RegoException(
        ErrorCode.REGO_RECURSION_ERROR,
        at == null ? Location.NONE : at,
        "rule " + again.name() + " is recursive: " + String.join(" -> ", names));
  }
}
