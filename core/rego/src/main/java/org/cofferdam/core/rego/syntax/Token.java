// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

/**
 * A token.
 *
 * @param text the word, the symbol, the number's digits, or the value of a string
 * @param glued true where nothing stands between this token and the one before
 * @param newline true where a line ended before this token
 */
record Token(
    Kind kind,
    String text,
    int start,
    int end,
    int row,
    int column,
    boolean glued,
    boolean newline) {
  enum Kind {
    WORD,
    SYMBOL,
    NUMBER,
    STRING,
    TEMPLATE_START,
    TEMPLATE_TEXT,
    HOLE_START,
    HOLE_END,
    TEMPLATE_END,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean word(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  String describe() {
    return switch (kind) {
      case END -> "eof token";
      case STRING -> "string";
      case NUMBER -> "number";
      case TEMPLATE_START, TEMPLATE_TEXT, TEMPLATE_END -> "template string";
      default -> "'" + text + "'";
    };
  }
}
