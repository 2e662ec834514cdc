// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.cofferdam.core.rego.eval.Context;
import org.cofferdam.core.rego.eval.Machine;
import org.cofferdam.core.rego.eval.Tracer;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation is given. Nothing is taken from outside: without {@link #now} the time is the
 * epoch, without {@link #random} every evaluation sees the same numbers, and without {@link #nanos}
 * there is no limit of time, only of steps.
 */
public final class Evaluation {
  private @Nullable Value input;
  private Value data = RegoObject.EMPTY;
  private Limits limits = Limits.DEFAULT;
  private LongSupplier nanos = () -> 0;
  private Instant now = Instant.EPOCH;
  private @Nullable RandomGenerator random;
  private Value runtime = RegoObject.EMPTY;
  private boolean strict;
  private final List<String> output = Collections.synchronizedList(new ArrayList<>());

  /** No input, no data, default limits. */
  public Evaluation() {}

  /** The input document; null for none. */
  public Evaluation input(@Nullable Value v) {
    input = v;
    return this;
  }

  /** The base documents below {@code data}; null for none. */
  public Evaluation data(@Nullable Value v) {
    data = v == null ? RegoObject.EMPTY : v;
    return this;
  }

  public Evaluation limits(Limits l) {
    limits = l;
    return this;
  }

  /** A nanosecond clock, {@code System::nanoTime} as a rule; it makes {@link Limits#time} work. */
  public Evaluation nanos(LongSupplier clock) {
    nanos = clock;
    return this;
  }

  /** What {@code time.now_ns} says. */
  public Evaluation now(Instant time) {
    now = time;
    return this;
  }

  /** Where {@code rand.intn} and {@code uuid.rfc4122} take their numbers from. */
  public Evaluation random(RandomGenerator r) {
    random = r;
    return this;
  }

  /** What {@code opa.runtime} says. */
  public Evaluation runtime(Value v) {
    runtime = v;
    return this;
  }

  /** Failures of built-ins end the evaluation, where they would only be undefined otherwise. */
  public Evaluation strictBuiltins(boolean on) {
    strict = on;
    return this;
  }

  /** What {@code print} and {@code trace} wrote. */
  public List<String> output() {
    return List.copyOf(output);
  }

  Limits limits() {
    return limits;
  }

  Machine machine(@Nullable Tracer tracer) {
    RandomGenerator r = random == null ? new Random(0) : random;
    return new Machine(
        new Machine.Setting(limits, nanos, now, r, output::add, runtime, strict, tracer));
  }

  Context context(int ruleSets) {
    return new Context(input, data, null, null, ruleSets);
  }
}
