// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.cofferdam.core.rego.value.Value;

/** What a built-in may know beside its arguments. */
public interface CallContext {
  /** The time of the evaluation: the same for every call in it. */
  Instant now();

  /** Randomness of this evaluation. */
  RandomGenerator random();

  /** Counts elements or characters against {@link Limits#memory}, before they are made. */
  void charge(long elements);

  /** Counts work against {@link Limits#steps}. */
  void work(long steps);

  /** A value that is made once in an evaluation, as {@code uuid.rfc4122} needs it. */
  Value once(String key, Supplier<Value> maker);

  /** Takes a line of {@code trace}. */
  void note(String line);

  /** The environment that {@code opa.runtime} shows. */
  Value runtime();
}
