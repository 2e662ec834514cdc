// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.List;
import org.cofferdam.core.rego.Location;

/**
 * A parsed module.
 *
 * @param path the package, without {@code data}
 * @param strict true where the rules of Rego v1 hold
 */
public record Module(
    List<String> path,
    List<Import> imports,
    List<Rule> rules,
    List<Comment> comments,
    boolean strict,
    Location at) {
  /** {@code import path as alias}. */
  public record Import(List<String> path, String alias, Location at) {}

  /** A comment without its {@code #}. */
  public record Comment(String text, Location at) {}
}
