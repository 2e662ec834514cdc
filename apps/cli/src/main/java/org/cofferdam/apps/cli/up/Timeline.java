// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.launch.Progress;

/** The steps of a run with their durations, shown as they end. */
final class Timeline {
  /** One step that ended. */
  record Step(String name, Duration took) {}

  private final PrintStream out;
  private final long begun = System.nanoTime();
  private final List<Step> steps = new ArrayList<>();
  private long stepBegun = begun;

  Timeline(PrintStream out) {
    this.out = out;
  }

  /** Ends the step that began when the last one ended. */
  void step(String name, String detail) {
    long now = System.nanoTime();
    record(name, detail, Duration.ofNanos(now - stepBegun));
    stepBegun = now;
  }

  /** A line below a step. */
  void note(String text) {
    out.printf("                          %s%n", text);
    out.flush();
  }

  /** Takes what other modules report. */
  Progress progress() {
    return new Progress() {
      @Override
      public void step(String step, Duration took) {
        Timeline.this.step(step, "");
      }

      @Override
      public void note(String text) {
        Timeline.this.note(text);
      }
    };
  }

  Duration total() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  Json toJson() {
    return Json.array(
        steps.stream()
            .map(
                s ->
                    (Json)
                        Json.object()
                            .put("step", s.name())
                            .put("millis", s.took().toMillis())
                            .build())
            .toList());
  }

  private void record(String name, String detail, Duration took) {
    steps.add(new Step(name, took));
    out.printf("  %-14s %7.2f s  %s%n", name, took.toMillis() / 1000.0, detail);
    out.flush();
  }
}
