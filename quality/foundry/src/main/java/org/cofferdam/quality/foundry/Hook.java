// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.util.function.UnaryOperator;

/**
 * Sees every field as it is written, before anything is signed over it, and may put another value
 * in its place. This is how one field or one rule at a time is broken.
 */
@FunctionalInterface
public interface Hook {

  /**
   * @param name of the field, for example {@code quote.header.version}
   * @param value as a genuine device would write it
   * @return what is written
   */
  byte[] field(String name, byte[] value);

  /** Leaves all as it is. */
  static Hook none() {
    return (name, value) -> value;
  }

  /** Changes one field. */
  static Hook change(String field, UnaryOperator<byte[]> change) {
    return (name, value) -> name.equals(field) ? change.apply(value.clone()) : value;
  }

  /** Puts {@code replacement} where {@code field} stands. */
  static Hook replace(String field, byte[] replacement) {
    return change(field, value -> replacement.clone());
  }

  /** Flips the lowest bit of the last byte. */
  static Hook flip(String field) {
    return change(
        field,
        value -> {
          value[value.length - 1] ^= 1;
          return value;
        });
  }
}
