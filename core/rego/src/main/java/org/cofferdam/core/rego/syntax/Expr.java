// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.List;
import org.cofferdam.core.rego.Location;
import org.jspecify.annotations.Nullable;

/**
 * One literal of a body.
 *
 * @param text the source text of the literal
 */
public record Expr(Form form, boolean negated, List<With> withs, Location at, String text) {
  /** What the literal says. */
  public sealed interface Form {}

  /** A term that must be defined and not false. */
  public record Holds(Term term) implements Form {}

  /** {@code left = right}. */
  public record Unify(Term left, Term right) implements Form {}

  /** {@code left := right}. */
  public record Assign(Term left, Term right) implements Form {}

  /** {@code some x, y}. */
  public record Some(List<Term.Var> vars) implements Form {}

  /** {@code some key, value in domain}. */
  public record SomeIn(@Nullable Term key, Term value, Term domain) implements Form {}

  /** {@code every key, value in domain { body }}. */
  public record Every(Term.@Nullable Var key, Term.Var value, Term domain, List<Expr> body)
      implements Form {}

  /** {@code not { body }} as of {@code future.keywords.not}. */
  public record Not(List<Expr> body) implements Form {}

  /** {@code left and right} or {@code left or right} as of {@code rego.v2}. */
  public record Logical(boolean or, List<Expr> left, List<Expr> right) implements Form {}

  /** {@code with target as value}. */
  public record With(Term target, Term value, Location at) {}

  Expr withAll(List<With> more) {
    return new Expr(form, negated, more, at, text);
  }
}
