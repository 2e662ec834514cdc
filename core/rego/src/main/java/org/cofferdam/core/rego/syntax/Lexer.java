// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.syntax.Token.Kind;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.JsonException;
import org.cofferdam.core.rego.value.RegoString;

/** Splits a text into tokens; comments are collected beside them. */
final class Lexer {
  private static final int MAX_TEMPLATE_DEPTH = 50;

  private final String file;
  private final String s;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Module.Comment> comments = new ArrayList<>();
  private int at;
  private int row = 1;
  private int lineStart;
  private boolean newline;
  private int lastEnd = -1;
  private int templates;
  private int counted;
  private int countedLine = -1;
  private int countedColumn;

  Lexer(String file, String text) {
    this.file = file;
    this.s = text;
  }

  List<Token> tokens() {
    run(false);
    add(Kind.END, "", at, at);
    return tokens;
  }

  List<Module.Comment> comments() {
    return comments;
  }

  /** Reads up to the end, or in a template's hole up to its closing brace. */
  private void run(boolean hole) {
    int braces = 0;
    while (true) {
      space();
      if (at >= s.length()) {
        if (hole) {
          throw fail(at, "unterminated template expression");
        }
        return;
      }
      char c = s.charAt(at);
      if (hole && c == '}' && braces == 0) {
        return;
      }
      if (c == '{') {
        braces++;
      } else if (c == '}') {
        braces--;
      }
      one(c);
    }
  }

  private void one(char c) {
    int start = at;
    if (letter(c)) {
      while (at < s.length() && (letter(s.charAt(at)) || digit(s.charAt(at)))) {
        at++;
      }
      add(Kind.WORD, s.substring(start, at), start, at);
    } else if (digit(c)) {
      number();
    } else if (c == '"') {
      string();
    } else if (c == '`') {
      raw();
    } else if (c == '$'
        && at + 1 < s.length()
        && (s.charAt(at + 1) == '"' || s.charAt(at + 1) == '`')) {
      template();
    } else {
      symbol(c);
    }
  }

  private void symbol(char c) {
    int start = at;
    char d = at + 1 < s.length() ? s.charAt(at + 1) : 0;
    int n = d == '=' && ":=!<>".indexOf(c) >= 0 ? 2 : 1;
    if (n == 1 && "{}[](),;.:=<>+-*/%&|".indexOf(c) < 0) {
      throw fail(
          at,
          "illegal token: unexpected character "
              + Json.quote(s.substring(at, Math.min(s.length(), s.offsetByCodePoints(at, 1)))));
    }
    at += n;
    add(Kind.SYMBOL, s.substring(start, at), start, at);
  }

  private void number() {
    int start = at;
    digits();
    if (at + 1 < s.length() && s.charAt(at) == '.' && digit(s.charAt(at + 1))) {
      at++;
      digits();
    }
    if (at < s.length() && (s.charAt(at) == 'e' || s.charAt(at) == 'E')) {
      at++;
      if (at < s.length() && (s.charAt(at) == '+' || s.charAt(at) == '-')) {
        at++;
      }
      digits();
    }
    if (at < s.length() && letter(s.charAt(at))) {
      throw fail(start, "illegal number format");
    }
    add(Kind.NUMBER, s.substring(start, at), start, at);
  }

  private void digits() {
    int start = at;
    while (at < s.length() && digit(s.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw fail(at, "illegal number format: expected a digit");
    }
  }

  private void string() {
    int start = at++;
    while (at < s.length() && s.charAt(at) != '"') {
      if (s.charAt(at) == '\n') {
        throw fail(start, "non-terminated string");
      }
      at += s.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= s.length()) {
      at = s.length();
      throw fail(start, "non-terminated string");
    }
    at++;
    add(Kind.STRING, unescape(start, s.substring(start, at)), start, at);
  }

  private String unescape(int start, String literal) {
    try {
      return ((RegoString) Json.parse(literal)).value();
    } catch (JsonException e) {
      throw fail(start, "illegal string literal");
    }
  }

  private void raw() {
    int start = at;
    int startRow = row;
    int startLine = lineStart;
    at++;
    while (at < s.length() && s.charAt(at) != '`') {
      line();
    }
    if (at >= s.length()) {
      throw fail(start, "non-terminated raw string");
    }
    at++;
    add(Kind.STRING, s.substring(start + 1, at - 1), start, at, startRow, startLine);
  }

  private void template() {
    int start = at;
    char quote = s.charAt(at + 1);
    if (++templates > MAX_TEMPLATE_DEPTH) {
      throw fail(start, "template strings nested too deep");
    }
    at += 2;
    add(Kind.TEMPLATE_START, "", start, at);
    while (true) {
      int textStart = at;
      StringBuilder text = new StringBuilder();
      while (at < s.length() && s.charAt(at) != quote && s.charAt(at) != '{') {
        if (s.charAt(at) == '\\'
            && at + 1 < s.length()
            && (quote == '"' || s.charAt(at + 1) == '{')) {
          boolean brace = s.charAt(at + 1) == '{';
          text.append(brace ? "{" : s.substring(at, at + 2));
          at += 2;
        } else if (s.charAt(at) == '\n' && quote == '"') {
          throw fail(start, "non-terminated string");
        } else {
          text.append(s.charAt(at));
          line();
        }
      }
      if (at >= s.length()) {
        throw fail(start, "non-terminated template string");
      }
      String piece = quote == '"' ? unescape(textStart, "\"" + text + "\"") : text.toString();
      add(Kind.TEMPLATE_TEXT, piece, textStart, at);
      if (s.charAt(at) == quote) {
        at++;
        add(Kind.TEMPLATE_END, "", at - 1, at);
        templates--;
        return;
      }
      at++;
      add(Kind.HOLE_START, "{", at - 1, at);
      run(true);
      at++;
      add(Kind.HOLE_END, "}", at - 1, at);
    }
  }

  private void space() {
    while (at < s.length()) {
      char c = s.charAt(at);
      if (c == '#') {
        int start = at;
        while (at < s.length() && s.charAt(at) != '\n') {
          at++;
        }
        comments.add(
            new Module.Comment(s.substring(start + 1, at).stripTrailing(), location(start)));
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\ufeff') {
        newline |= c == '\n';
        line();
      } else {
        return;
      }
    }
  }

  private void line() {
    if (s.charAt(at++) == '\n') {
      row++;
      lineStart = at;
    }
  }

  private void add(Kind kind, String text, int start, int end) {
    add(kind, text, start, end, row, lineStart);
  }

  private void add(Kind kind, String text, int start, int end, int atRow, int atLine) {
    int column = column(Math.min(atLine, start), start);
    tokens.add(new Token(kind, text, start, end, atRow, column, start == lastEnd, newline));
    lastEnd = end;
    newline = false;
  }

  /** Columns count code points; a long line is counted once, not again for every token on it. */
  private int column(int line, int start) {
    int from = line == countedLine && start >= counted ? counted : line;
    int before = from == line ? 0 : countedColumn;
    countedColumn = before + s.codePointCount(from, start);
    counted = start;
    countedLine = line;
    return countedColumn + 1;
  }

  private Location location(int start) {
    return new Location(file, row, Math.max(1, start - lineStart + 1));
  }

  private RegoException fail(int start, String message) {
    return new RegoException(ErrorCode.REGO_PARSE_ERROR, location(start), message);
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
