// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.template;

import java.util.List;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Pieces of a template. */
sealed interface Node {
  /** Text as it is. */
  record Text(String text) implements Node {}

  /** {@code {{pipe}}}: its value is written, unless it declares variables. */
  record Action(Pipe pipe) implements Node {}

  /** {@code {{if}}}, or {@code {{with}}}, where the value becomes the dot. */
  record If(boolean dot, Pipe pipe, List<Node> then, List<Node> otherwise) implements Node {}

  /** {@code {{range}}}. */
  record Range(Pipe pipe, List<Node> body, List<Node> otherwise) implements Node {}

  /** {@code {{break}}} or {@code {{continue}}}. */
  record Leave(boolean whole) implements Node {}

  /**
   * {@code $a, $b := command | command}.
   *
   * @param declares true for {@code :=}, false for {@code =}
   */
  record Pipe(List<String> variables, boolean declares, List<Command> commands) {}

  /** A function with arguments, or one operand. */
  record Command(List<Operand> operands) {}

  /** A value in a command; {@code fields} are taken of it, one below the other. */
  record Operand(
      Kind kind, String name, @Nullable Value value, @Nullable Pipe pipe, List<String> fields) {}

  /** Kinds of operands. */
  enum Kind {
    DOT,
    VARIABLE,
    CONSTANT,
    FUNCTION,
    PIPE
  }
}
