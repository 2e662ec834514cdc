// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.List;

/** A conjunction of steps. */
public final class Body {
  private final Step[] steps;

  public Body(List<Step> steps) {
    this.steps = steps.toArray(new Step[0]);
  }

  /** Finds the solutions; true where the sink wanted no more. */
  public boolean run(Frame f, Sink sink) {
    return run(f, 0, sink);
  }

  boolean run(Frame f, int from, Sink sink) {
    Machine m = f.machine;
    for (int i = from; i < steps.length; i++) {
      m.step();
      Step s = steps[i];
      if (s instanceof Step.Test t) {
        if (!t.test(f)) {
          if (m.tracer != null) {
            m.tracer.failed(s, f);
          }
          return false;
        }
      } else {
        Step.Scan scan = (Step.Scan) s;
        return m.tracer == null ? scan.scan(f, this, i + 1, sink) : traced(scan, f, i, sink);
      }
    }
    return sink.accept(f);
  }

  private boolean traced(Step.Scan scan, Frame f, int i, Sink sink) {
    Tracer tracer = f.machine.tracer;
    if (tracer == null) {
      return scan.scan(f, this, i + 1, sink);
    }
    long before = tracer.reached(scan);
    boolean stop = scan.scan(f, this, i + 1, sink);
    if (tracer.reached(scan) == before && !stop) {
      tracer.failed(scan, f);
    }
    return stop;
  }

  /** Goes on after a scan's solution. */
  boolean resume(Step.Scan scan, Frame f, int next, Sink sink) {
    if (f.machine.tracer != null) {
      f.machine.tracer.reach(scan);
    }
    return run(f, next, sink);
  }
}
