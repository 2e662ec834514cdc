// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.List;
import org.cofferdam.core.rego.Location;
import org.jspecify.annotations.Nullable;

/** A literal of a body after names are resolved. */
record Literal(Op op, boolean negated, List<With> withs, Source source) {
  /** Where a literal stands and how it reads. */
  record Source(Location at, String text) {}

  /** What is done. */
  sealed interface Op {}

  /** The node must be defined and not false. */
  record Holds(Node node) implements Op {}

  /** Both sides must be equal; variables on either may be bound by it. */
  record Unify(Node left, Node right) implements Op {}

  /** A call; without {@code out} its result must be true. */
  record Call(Callee callee, List<Node> args, @Nullable Node out) implements Op {}

  /** {@code print}: shows its arguments, and always holds. */
  record Print(List<Node.Closure> args) implements Op {}

  /** The block must have no solution. */
  record Not(Block block) implements Op {}

  /** Every element of the domain satisfies the block. */
  record Every(@Nullable Integer key, int value, Node domain, Block block) implements Op {}

  /** One of two blocks, or both, must have a solution. */
  record Logical(boolean or, Block left, Block right) implements Op {}

  /** A resolved modifier. */
  record With(Target target, Node value, @Nullable Callee function, Location at) {}

  /** What a modifier replaces. */
  sealed interface Target {}

  /** A part of the input. */
  record InputTarget(List<String> path) implements Target {}

  /** A part of the data. */
  record DataTarget(List<String> path) implements Target {}

  /** A built-in. */
  record BuiltinTarget(String name) implements Target {}

  /** What is called. */
  sealed interface Callee {}

  /** A built-in by its name. */
  record BuiltinCallee(String name) implements Callee {}

  /** A function of a module, by its path below {@code data}. */
  record RuleCallee(List<String> path) implements Callee {}
}
