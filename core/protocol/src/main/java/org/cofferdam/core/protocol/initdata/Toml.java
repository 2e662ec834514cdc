// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.initdata;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * The part of TOML 1.0 that init-data is written in: comments, {@code [tables]} one level deep,
 * bare and quoted keys, the four kinds of strings, true and false. Everything else is refused. A
 * value is a {@code String} or a {@code Boolean}. It stands under {@code table.key}, or {@code key}
 * before the first table. Offsets in errors count characters.
 */
final class Toml {
  private final String text;
  private int at;

  private Toml(String text) {
    this.text = text;
  }

  /** Values by table; those before the first table are under the empty name. */
  static Map<String, Map<String, Object>> parse(String text) {
    return new Toml(text).document();
  }

  private Map<String, Map<String, Object>> document() {
    Map<String, Map<String, Object>> tables = new LinkedHashMap<>();
    Map<String, Object> table = new LinkedHashMap<>();
    tables.put("", table);
    while (skipToContent()) {
      if (accept("[")) {
        blanks();
        String name = key();
        blanks();
        expect("]");
        table = new LinkedHashMap<>();
        if (tables.put(name, table) != null) {
          throw malformed("the table " + name + " is there twice");
        }
      } else {
        String key = key();
        blanks();
        expect("=");
        blanks();
        if (table.put(key, value()) != null) {
          throw malformed("the key " + key + " is there twice");
        }
      }
      endOfLine();
    }
    return tables;
  }

  private boolean skipToContent() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        comment();
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private void endOfLine() {
    blanks();
    if (at < text.length() && text.charAt(at) == '#') {
      comment();
    }
    accept("\r");
    if (at < text.length()) {
      expect("\n");
    }
  }

  private void comment() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  private void blanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private String key() {
    if (accept("\"")) {
      return basic("\"", false);
    }
    if (accept("'")) {
      return literal("'", false);
    }
    int start = at;
    while (at < text.length() && bare(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw malformed("a key was expected");
    }
    return text.substring(start, at);
  }

  private static boolean bare(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  private Object value() {
    if (accept("\"\"\"")) {
      newline();
      return basic("\"\"\"", true);
    }
    if (accept("'''")) {
      newline();
      return literal("'''", true);
    }
    if (accept("\"")) {
      return basic("\"", false);
    }
    if (accept("'")) {
      return literal("'", false);
    }
    if (accept("true")) {
      return true;
    }
    if (accept("false")) {
      return false;
    }
    throw malformed("a string, true or false was expected");
  }

  /** A line end right behind the opening of a multi-line string is no part of it. */
  private void newline() {
    if (!accept("\r\n")) {
      accept("\n");
    }
  }

  private String literal(String end, boolean lines) {
    int start = at;
    while (!closes(end)) {
      inString(lines);
      at++;
    }
    String value = text.substring(start, at);
    at += end.length();
    return value;
  }

  private String basic(String end, boolean lines) {
    StringBuilder value = new StringBuilder();
    while (!closes(end)) {
      if (accept("\\")) {
        escape(value, lines);
      } else {
        inString(lines);
        value.append(text.charAt(at++));
      }
    }
    at += end.length();
    return value.toString();
  }

  /** Up to two quotes may stand before the three that close, so the last three count. */
  private boolean closes(String end) {
    return text.startsWith(end, at) && !(end.length() == 3 && text.startsWith(end, at + 1));
  }

  private void inString(boolean lines) {
    if (at >= text.length()) {
      throw malformed("a string is not closed");
    }
    char c = text.charAt(at);
    boolean lineEnd = c == '\n' || (c == '\r' && text.startsWith("\r\n", at));
    if (((c < 0x20 && c != '\t') || c == 0x7f) && !(lines && lineEnd)) {
      throw malformed("a control character stands in a string");
    }
  }

  private void escape(StringBuilder value, boolean lines) {
    char c = at < text.length() ? text.charAt(at++) : 0;
    switch (c) {
      case '"', '\\' -> value.append(c);
      case 'b' -> value.append('\b');
      case 't' -> value.append('\t');
      case 'n' -> value.append('\n');
      case 'f' -> value.append('\f');
      case 'r' -> value.append('\r');
      case 'u' -> value.appendCodePoint(codePoint(4));
      case 'U' -> value.appendCodePoint(codePoint(8));
      default -> {
        at--;
        if (!lines || !lineEndingBackslash()) {
          throw malformed("this is no escape");
        }
      }
    }
  }

  /** A backslash at the end of a line takes the line end and all blanks that follow with it. */
  private boolean lineEndingBackslash() {
    blanks();
    if (!text.startsWith("\n", at) && !text.startsWith("\r\n", at)) {
      return false;
    }
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return true;
  }

  private int codePoint(int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
      if (digit < 0 || value > 0x10ffff >> 4) {
        throw malformed("an escape is no Unicode scalar value");
      }
      value = value << 4 | digit;
    }
    if (!Character.isValidCodePoint(value) || (value >= 0xd800 && value < 0xe000)) {
      throw malformed("an escape is no Unicode scalar value");
    }
    return value;
  }

  private boolean accept(String token) {
    if (text.startsWith(token, at)) {
      at += token.length();
      return true;
    }
    return false;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw malformed("'" + token.strip() + "' or a line end was expected");
    }
  }

  private MalformedEvidenceException malformed(String problem) {
    return new MalformedEvidenceException("init-data", "TOML", at, problem);
  }
}
