// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Limits;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The state of one evaluation: budgets, clock, captured output. */
public final class Machine implements CallContext {
  private static final int CLOCK_EVERY = 1024;

  private final Limits limits;
  private final LongSupplier nanos;
  private final long deadline;
  private final Instant now;
  private final RandomGenerator random;
  private final Consumer<String> output;
  private final Value runtime;
  private final Map<String, Value> once = new HashMap<>();
  final boolean strict;
  final @Nullable Tracer tracer;
  private long steps;
  private long memory;
  private int depth;
  private int untilClock = CLOCK_EVERY;

  /** All that an evaluation needs from outside. */
  public record Setting(
      Limits limits,
      LongSupplier nanos,
      Instant now,
      RandomGenerator random,
      Consumer<String> output,
      Value runtime,
      boolean strict,
      @Nullable Tracer tracer) {}

  public Machine(Setting s) {
    limits = s.limits();
    nanos = s.nanos();
    now = s.now();
    random = s.random();
    output = s.output();
    runtime = s.runtime();
    strict = s.strict();
    tracer = s.tracer();
    deadline = nanos.getAsLong() + limits.time().toNanos();
  }

  void step() {
    if (++steps > limits.steps()) {
      throw limit("steps: more than " + limits.steps());
    }
    if (--untilClock <= 0) {
      clock();
    }
  }

  private void clock() {
    untilClock = CLOCK_EVERY;
    if (nanos.getAsLong() - deadline > 0) {
      throw limit("time: more than " + limits.time());
    }
    if (Thread.currentThread().isInterrupted()) {
      throw limit("time: interrupted");
    }
  }

  void enter() {
    if (++depth > limits.depth()) {
      throw limit("depth: more than " + limits.depth() + " rules wait for each other");
    }
  }

  void leave() {
    depth--;
  }

  static RegoException limit(String what) {
    return new RegoException(ErrorCode.EVAL_CANCEL_ERROR, Location.NONE, "limit reached: " + what);
  }

  void print(String line) {
    charge(line.length());
    output.accept(line);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public void charge(long elements) {
    memory += elements;
    if (elements < 0 || memory < 0 || memory > limits.memory()) {
      throw limit("memory: more than " + limits.memory() + " elements");
    }
  }

  @Override
  public void work(long n) {
    steps += n;
    if (steps > limits.steps() || steps < 0) {
      throw limit("steps: more than " + limits.steps());
    }
    if (n > CLOCK_EVERY || (untilClock -= (int) n) <= 0) {
      clock();
    }
  }

  @Override
  public Value once(String key, Supplier<Value> maker) {
    Value v = once.get(key);
    if (v == null) {
      v = maker.get();
      once.put(key, v);
    }
    return v;
  }

  @Override
  public void note(String line) {
    print(line);
  }

  @Override
  public Value runtime() {
    return runtime;
  }
}
