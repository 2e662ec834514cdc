// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.graphql.Ast.Place;
import org.jspecify.annotations.Nullable;

/** Splits a text into tokens (GraphQL section 2.1); comments and commas are passed over. */
final class Lexer {
  private final String s;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;

  /**
   * What a text is made of; where it is broken, the last token is INVALID, and {@code fault} set.
   */
  record Tokens(List<Token> tokens, @Nullable GraphQlException fault) {}

  private Lexer(String text) {
    s = text;
  }

  static Tokens tokens(String text) {
    Lexer l = new Lexer(text);
    try {
      l.run();
      return new Tokens(l.tokens, null);
    } catch (GraphQlException e) {
      l.add(Token.Kind.INVALID, "", l.place(l.at));
      return new Tokens(l.tokens, e);
    }
  }

  private void run() {
    while (true) {
      space();
      if (at >= s.length()) {
        add(Token.Kind.END, "", place(at));
        return;
      }
      one(s.charAt(at));
    }
  }

  private Place place(int offset) {
    int from = Math.min(lineStart, offset);
    return new Place(line, s.codePointCount(from, Math.min(offset, s.length())) + 1);
  }

  private void add(Token.Kind kind, String value, Place place) {
    tokens.add(new Token(kind, value, place));
  }

  private GraphQlException fail(String message) {
    return new GraphQlException(place(at), message);
  }

  private void newLine() {
    if (s.charAt(at) == '\r' && at + 1 < s.length() && s.charAt(at + 1) == '\n') {
      at++;
    }
    at++;
    line++;
    lineStart = at;
  }

  private void space() {
    while (at < s.length()) {
      char c = s.charAt(at);
      if (c == '\n' || c == '\r') {
        newLine();
      } else if (c == '\t' || c == ' ' || c == ',' || c == '\ufeff') {
        at++;
      } else if (c == '#') {
        while (at < s.length() && (s.charAt(at) >= ' ' || s.charAt(at) == '\t')) {
          at++;
        }
      } else {
        return;
      }
    }
  }

  private void one(char c) {
    if (letter(c)) {
      int start = at;
      while (at < s.length() && (letter(s.charAt(at)) || digit(s.charAt(at)))) {
        at++;
      }
      add(Token.Kind.NAME, s.substring(start, at), place(start));
    } else if (digit(c) || c == '-') {
      number();
    } else if (s.startsWith("\"\"\"", at)) {
      block();
    } else if (c == '"') {
      string();
    } else if (s.startsWith("...", at)) {
      add(Token.Kind.PUNCTUATOR, "...", place(at));
      at += 3;
    } else if ("!$&():=@[]{}|".indexOf(c) >= 0) {
      add(Token.Kind.PUNCTUATOR, String.valueOf(c), place(at));
      at++;
    } else if (c < ' ') {
      throw fail(String.format("Cannot contain the invalid character \"\\u%04x\"", (int) c));
    } else {
      throw fail(
          "Cannot parse the unexpected character \""
              + Character.toString(s.codePointAt(at))
              + "\"");
    }
  }

  private static boolean letter(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean take(String any) {
    if (at < s.length() && any.indexOf(s.charAt(at)) >= 0) {
      at++;
      return true;
    }
    return false;
  }

  private void digits() {
    int start = at;
    while (at < s.length() && digit(s.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw fail("Invalid number, expected digit but got: " + next());
    }
  }

  private String next() {
    return at < s.length() ? "\"" + s.charAt(at) + "\"" : "<EOF>";
  }

  private void number() {
    int start = at;
    boolean isFloat = false;
    take("-");
    if (take("0")) {
      if (at < s.length() && digit(s.charAt(at))) {
        throw fail("Invalid number, unexpected digit after 0: " + next());
      }
    } else {
      digits();
    }
    if (take(".")) {
      isFloat = true;
      digits();
    }
    if (take("eE")) {
      isFloat = true;
      take("-+");
      digits();
    }
    add(isFloat ? Token.Kind.FLOAT : Token.Kind.INT, s.substring(start, at), place(start));
  }

  private void string() {
    // A string's place is that of its first character.
    Place place = place(at + 1);
    at++;
    StringBuilder out = new StringBuilder();
    while (at < s.length() && s.charAt(at) != '\n' && s.charAt(at) != '\r') {
      char c = s.charAt(at);
      if (c == '"') {
        at++;
        add(Token.Kind.STRING, out.toString(), place);
        return;
      }
      if (c < ' ' && c != '\t') {
        throw fail(String.format("Invalid character within String: \"\\u%04x\"", (int) c));
      }
      if (c == '\\') {
        escape(out);
      } else {
        out.append(c);
        at++;
      }
    }
    throw fail("Unterminated string");
  }

  private void escape(StringBuilder out) {
    at++;
    char c = at < s.length() ? s.charAt(at) : ' ';
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0) {
      out.append("\"\\/\b\f\n\r\t".charAt(simple));
      at++;
      return;
    }
    if (c == 'u' && at + 5 <= s.length()) {
      int code = 0;
      for (int i = 1; i <= 4; i++) {
        char h = s.charAt(at + i);
        int d = h < 128 ? Character.digit(h, 16) : -1;
        code = d < 0 || code < 0 ? -1 : code * 16 + d;
      }
      if (code >= 0) {
        out.append(code >= 0xd800 && code < 0xe000 ? '\ufffd' : (char) code);
        at += 5;
        return;
      }
    }
    throw fail("Invalid character escape sequence");
  }

  private void block() {
    int startLine = line;
    Place first = place(at + 3);
    at += 3;
    StringBuilder out = new StringBuilder();
    while (at < s.length()) {
      char c = s.charAt(at);
      if (s.startsWith("\"\"\"", at)) {
        while (s.startsWith("\"\"\"\"", at)) {
          out.append('"');
          at++;
        }
        // A block's place is the line of its end and the column of its beginning.
        Place place = line == startLine ? first : place(at);
        at += 3;
        add(Token.Kind.BLOCK, dedent(out.toString()), place);
        return;
      }
      if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
        throw fail(String.format("Invalid character within String: \"\\u%04x\"", (int) c));
      }
      if (s.startsWith("\\\"\"\"", at)) {
        out.append("\"\"\"");
        at += 4;
      } else if (c == '\n' || c == '\r') {
        out.append('\n');
        newLine();
      } else {
        out.append(c);
        at++;
      }
    }
    throw fail("Unterminated string");
  }

  /** BlockStringValue of the specification. */
  private static String dedent(String raw) {
    String[] lines = raw.split("\n", -1);
    int common = Integer.MAX_VALUE;
    for (String l : lines) {
      common = Math.min(common, indent(l));
    }
    List<String> out = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      boolean cut = i > 0 && common < Integer.MAX_VALUE;
      String l = lines[i];
      out.add(!cut ? l : l.length() < common ? "" : l.substring(common));
    }
    int from = 0;
    int to = out.size();
    while (from < to && indent(out.get(from)) == Integer.MAX_VALUE) {
      from++;
    }
    while (from < to && indent(out.get(to - 1)) == Integer.MAX_VALUE) {
      to--;
    }
    return String.join("\n", out.subList(from, to));
  }

  /** White space before the first other character; the maximum where there is none. */
  private static int indent(String l) {
    for (int i = 0; i < l.length(); i++) {
      if (l.charAt(i) != ' ' && l.charAt(i) != '\t') {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }
}
