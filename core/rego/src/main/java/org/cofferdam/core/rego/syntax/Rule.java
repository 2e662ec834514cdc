// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.List;
import org.cofferdam.core.rego.Location;
import org.jspecify.annotations.Nullable;

/**
 * A rule.
 *
 * @param path the head's reference, the rule's name first
 * @param args the arguments of a function, null for anything else
 * @param key the element that a {@code contains} rule adds
 * @param value the head's value, null only where {@code key} is set
 * @param partialObject true for {@code p[k] = v} in the old syntax
 * @param branches the body and its {@code else} branches, in order; one at least
 */
public record Rule(
    List<Term> path,
    @Nullable List<Term> args,
    @Nullable Term key,
    @Nullable Term value,
    boolean isDefault,
    boolean partialObject,
    List<Branch> branches,
    Location at,
    String text) {
  /**
   * A body with the value it gives.
   *
   * @param assigned true where the value is given with {@code :=}
   */
  public record Branch(@Nullable Term value, List<Expr> body, boolean assigned, Location at) {}
}
