// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.List;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A term of the syntax tree. */
public sealed interface Term {
  Location at();

  /** A scalar. */
  record Const(Value value, Location at) implements Term {}

  /** A variable; a wildcard has a name of its own that begins with {@code $}. */
  record Var(String name, Location at) implements Term {
    public boolean wildcard() {
      return name.startsWith("$");
    }
  }

  /** {@code head.a[b]}: dots are constants in the path. */
  record Ref(Term head, List<Term> path, Location at) implements Term {}

  /** {@code [a, b]}. */
  record ArrayTerm(List<Term> items, Location at) implements Term {}

  /** {@code {a, b}} or {@code set()}. */
  record SetTerm(List<Term> items, Location at) implements Term {}

  /** {@code {k: v}}. */
  record ObjectTerm(List<Entry> entries, Location at) implements Term {}

  /** One pair of an object. */
  record Entry(Term key, Term value) {}

  /** What a comprehension builds. */
  enum Shape {
    ARRAY,
    SET,
    OBJECT
  }

  /** {@code [value | body]}, {@code {value | body}} or {@code {key: value | body}}. */
  record Comprehension(Shape shape, @Nullable Term key, Term value, List<Expr> body, Location at)
      implements Term {}

  /** A call; operators are calls of the built-in behind them. */
  record Call(List<String> name, List<Term> args, Location at) implements Term {
    public String dotted() {
      return String.join(".", name);
    }
  }

  /** {@code $"text {expression}"}. */
  record Template(List<Part> parts, Location at) implements Term {}

  /** A piece of a template string: text, or an expression where {@code hole} is set. */
  record Part(String text, @Nullable Expr hole) {}
}
