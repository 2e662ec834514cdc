// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

/** A token; punctuators have an empty {@code value}. */
record Token(Kind kind, String value, Ast.Place at) {
  /** Kinds of tokens with the text that names them in messages. */
  enum Kind {
    END("<EOF>"),
    INVALID("<Invalid>"),
    PUNCTUATOR(""),
    NAME("Name"),
    INT("Int"),
    FLOAT("Float"),
    STRING("String"),
    BLOCK("BlockString");

    final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  boolean is(String punctuator) {
    return kind == Kind.PUNCTUATOR && value.equals(punctuator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && value.equals(name);
  }

  /** The kind, as messages call it. */
  String name() {
    return kind == Kind.PUNCTUATOR ? value : kind.text;
  }

  @Override
  public String toString() {
    return kind == Kind.PUNCTUATOR || value.isEmpty() ? name() : name() + " \"" + value + "\"";
  }
}
