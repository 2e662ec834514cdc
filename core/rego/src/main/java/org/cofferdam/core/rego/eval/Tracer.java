// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.HashMap;
import java.util.Map;

/** Is told what failed, for explanations. */
public abstract class Tracer {
  private final Map<Integer, Long> reached = new HashMap<>();
  private int quiet;

  long reached(Step s) {
    return reached.getOrDefault(System.identityHashCode(s), 0L);
  }

  void reach(Step s) {
    reached.merge(System.identityHashCode(s), 1L, Long::sum);
  }

  /** Failures do not count until {@link #loud}: those of a negation's body, say. */
  void quiet() {
    quiet++;
  }

  void loud() {
    quiet--;
  }

  void failed(Step step, Frame f) {
    if (quiet == 0) {
      quiet++;
      try {
        failedNow(step, f);
      } finally {
        quiet--;
      }
    }
  }

  void begin(RuleSet rules) {
    if (quiet == 0) {
      began(rules);
    }
  }

  void end(RuleSet rules, boolean held) {
    if (quiet == 0) {
      ended(rules, held);
    }
  }

  /** A step had no solution. */
  protected abstract void failedNow(Step step, Frame f);

  /** A rule begins to be evaluated; {@code ended} follows. */
  protected abstract void began(RuleSet rules);

  /** A rule has been evaluated; {@code held} where it gave something, its default aside. */
  protected abstract void ended(RuleSet rules, boolean held);
}
