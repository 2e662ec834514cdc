// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import java.time.Duration;

/**
 * Bounds of one evaluation. Reaching one ends it with {@link ErrorCode#EVAL_CANCEL_ERROR}.
 *
 * @param time wall-clock time, measured by the nanosecond source that {@link Evaluation} is given
 * @param steps literals tried and elements visited
 * @param memory elements and characters that results and intermediate values may have together
 * @param depth rules that wait for each other
 * @param output elements and characters of the answer
 */
public record Limits(Duration time, long steps, long memory, int depth, long output) {
  /** 10 s, 50 million steps, 64 million elements, 400 rules deep, 16 million elements of output. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(10), 50_000_000, 64_000_000, 400, 16_000_000);

  public Limits withSteps(long n) {
    return new Limits(time, n, memory, depth, output);
  }

  public Limits withTime(Duration d) {
    return new Limits(d, steps, memory, depth, output);
  }

  public Limits withMemory(long n) {
    return new Limits(time, steps, n, depth, output);
  }

  public Limits withOutput(long n) {
    return new Limits(time, steps, memory, depth, n);
  }
}
