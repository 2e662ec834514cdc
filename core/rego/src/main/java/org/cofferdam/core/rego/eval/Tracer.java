// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.HashMap;
import java.util.Map;

/** Is told what failed, for explanations. */
public abstract class Tracer {
  private final Map<Step, Long> reached = new HashMap<>();

  long reached(Step s) {
    return reached.getOrDefault(s, 0L);
  }

  void reach(Step s) {
    reached.merge(s, 1L, Long::sum);
  }

  /** A step had no solution. */
  protected abstract void failed(Step step, Frame f);

  /** A rule begins to be evaluated; {@code ended} follows. */
  protected abstract void began(RuleSet rules);

  /** A rule has been evaluated. */
  protected abstract void ended(RuleSet rules, boolean defined);
}
