// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.List;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.syntax.Token.Kind;

/** A position in the list of tokens, with the keywords in force. */
final class Tokens {
  /** Terms and bodies inside each other; deeper texts are refused. */
  static final int MAX_DEPTH = 150;

  final Keywords keywords;
  private final String file;
  private final String text;
  private final List<Token> list;
  private int position;
  private int depth;
  private int wildcards;

  Tokens(String file, String text, List<Token> list, Keywords keywords) {
    this.file = file;
    this.text = text;
    this.list = list;
    this.keywords = keywords;
  }

  Token peek() {
    return list.get(position);
  }

  Token peek(int ahead) {
    return list.get(Math.min(position + ahead, list.size() - 1));
  }

  Token next() {
    Token t = list.get(position);
    if (t.kind() != Kind.END) {
      position++;
    }
    return t;
  }

  int position() {
    return position;
  }

  void back(int to) {
    position = to;
  }

  boolean at(String symbol) {
    return peek().is(symbol);
  }

  boolean take(String symbol) {
    if (!at(symbol)) {
      return false;
    }
    position++;
    return true;
  }

  Token expect(String symbol) {
    if (!at(symbol)) {
      throw unexpected("expected '" + symbol + "'");
    }
    return next();
  }

  /** True at the word where it is a keyword and not the head of a reference. */
  boolean atKeyword(String word) {
    return peek().word(word) && keywords.isKeyword(word) && !headOfRef();
  }

  boolean takeKeyword(String word) {
    if (!atKeyword(word)) {
      return false;
    }
    position++;
    return true;
  }

  /** True where the next token is glued to this one and continues a reference. */
  boolean headOfRef() {
    Token n = peek(1);
    return n.glued() && (n.is(".") || n.is("["));
  }

  boolean done() {
    return peek().kind() == Kind.END;
  }

  String wildcard() {
    return "$" + wildcards++;
  }

  Location here() {
    return location(peek());
  }

  Location location(Token t) {
    return new Location(file, t.row(), t.column());
  }

  /** The source text from a token up to the last one taken. */
  String textFrom(int start) {
    int from = list.get(start).start();
    return position == 0 ? "" : text.substring(from, Math.max(from, list.get(position - 1).end()));
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw fail(here(), "nested too deep: the limit is " + MAX_DEPTH);
    }
  }

  void leave() {
    depth--;
  }

  int depth() {
    return depth;
  }

  void depth(int value) {
    depth = value;
  }

  RegoException unexpected(String what) {
    return fail(here(), "unexpected " + peek().describe() + ": " + what);
  }

  RegoException fail(Location where, String message) {
    return new RegoException(ErrorCode.REGO_PARSE_ERROR, where, message);
  }
}
