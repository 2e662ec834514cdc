// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.List;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.syntax.Term;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A term whose names are resolved: variables are slots, calls have been taken out. */
sealed interface Node {
  /** A constant. */
  record Lit(Value value) implements Node {}

  /** A variable. */
  record Local(int slot) implements Node {}

  /** {@code base[path…]}. */
  record Path(Node base, List<Node> path) implements Node {}

  /** The input document. */
  record Input() implements Node {}

  /** {@code data[path…]}. */
  record Data(List<Node> path, Location at) implements Node {}

  /** An array. */
  record Items(List<Node> items) implements Node {}

  /** A set. */
  record Elements(List<Node> items) implements Node {}

  /** An object; keys and values in turn. */
  record Pairs(List<Node> keys, List<Node> values) implements Node {}

  /** A comprehension. */
  record Closure(Term.Shape shape, @Nullable Node key, Node value, Block block, Location at)
      implements Node {}

  /** A template string: text where the node is null, else what the hole gives. */
  record Format(List<String> texts, List<@Nullable Closure> holes, Location at) implements Node {}
}
