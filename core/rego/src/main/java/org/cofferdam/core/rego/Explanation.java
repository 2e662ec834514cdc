// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Why a query has the answer that it has.
 *
 * @param value the answer, null for undefined
 * @param failures the literals that did not hold, in the order in which they were tried; those of
 *     rules that held by another way are left out
 */
public record Explanation(@Nullable Value value, List<Failure> failures) {
  /**
   * A literal that did not hold.
   *
   * @param rules the rules that were being evaluated, the query's own first
   * @param text the literal as the source has it
   * @param values what its parts were, in source terms; {@code undefined} where a part had no value
   * @param times how often it failed
   */
  public record Failure(
      List<String> rules, Location at, String text, Map<String, String> values, int times) {}
}
