// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The words that are keywords at this point of a module; imports add to them. */
final class Keywords {
  static final Set<String> ALWAYS =
      Set.of(
          "package", "import", "as", "default", "else", "with", "not", "some", "null", "true",
          "false");
  static final Set<String> V1 = Set.of("if", "contains", "every", "in");
  static final List<String> FUTURE = List.of("and", "contains", "every", "if", "in", "not", "or");

  private final Set<String> active = new HashSet<>(ALWAYS);
  private boolean notBodies;
  private boolean strict;

  Keywords(boolean v1) {
    if (v1) {
      v1();
    }
  }

  void v1() {
    strict = true;
    active.addAll(V1);
  }

  void v2() {
    v1();
    add("and");
    add("or");
    add("not");
  }

  void add(String word) {
    if (word.equals("every")) {
      active.add("in");
    }
    notBodies |= word.equals("not");
    active.add(word);
  }

  boolean isKeyword(String word) {
    return active.contains(word);
  }

  boolean notBodies() {
    return notBodies;
  }

  boolean logical() {
    return active.contains("and") || active.contains("or");
  }

  boolean strict() {
    return strict;
  }
}
