// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A strict JSON parser. */
final class JsonReader {
  private static final int MAX_DEPTH = 1000;

  private final String s;
  private int at;
  private int depth;
  private final Map<String, RegoString> keys = new HashMap<>();

  JsonReader(String s) {
    this.s = s;
  }

  Value document() {
    Value v = value();
    space();
    if (at < s.length()) {
      throw fail("text after the document");
    }
    return v;
  }

  private Value value() {
    space();
    if (at >= s.length()) {
      throw fail("unexpected end");
    }
    char c = s.charAt(at);
    return switch (c) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> RegoString.of(string());
      case 't' -> word("true", RegoBoolean.TRUE);
      case 'f' -> word("false", RegoBoolean.FALSE);
      case 'n' -> word("null", RegoNull.NULL);
      default -> number();
    };
  }

  private Value word(String word, Value v) {
    if (!s.startsWith(word, at)) {
      throw fail("unexpected character");
    }
    at += word.length();
    return v;
  }

  private Value object() {
    enter();
    Map<Value, Value> map = new HashMap<>();
    space();
    if (peek() == '}') {
      at++;
      depth--;
      return RegoObject.EMPTY;
    }
    while (true) {
      space();
      if (peek() != '"') {
        throw fail("expected a key");
      }
      RegoString key = keys.computeIfAbsent(string(), RegoString::of);
      space();
      expect(':');
      map.put(key, value());
      space();
      if (peek() == ',') {
        at++;
        continue;
      }
      expect('}');
      depth--;
      return RegoObject.of(map);
    }
  }

  private Value array() {
    enter();
    List<Value> items = new ArrayList<>();
    space();
    if (peek() == ']') {
      at++;
      depth--;
      return RegoArray.EMPTY;
    }
    while (true) {
      items.add(value());
      space();
      if (peek() == ',') {
        at++;
        continue;
      }
      expect(']');
      depth--;
      return RegoArray.of(items);
    }
  }

  private void enter() {
    at++;
    if (++depth > MAX_DEPTH) {
      throw fail("nested too deep");
    }
  }

  private Value number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    try {
      return RegoNumber.parse(s.substring(start, at));
    } catch (NumberFormatException e) {
      at = start;
      throw fail("number too big");
    }
  }

  private void digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw fail("unexpected character");
    }
  }

  private String string() {
    int start = ++at;
    while (at < s.length()) {
      char c = s.charAt(at);
      if (c == '"') {
        return s.substring(start, at++);
      }
      if (c == '\\' || c < 0x20) {
        break;
      }
      at++;
    }
    StringBuilder out = new StringBuilder(s.substring(start, at));
    while (at < s.length()) {
      char c = s.charAt(at++);
      if (c == '"') {
        return out.toString();
      } else if (c == '\\') {
        out.append(escape());
      } else if (c < 0x20) {
        at--;
        throw fail("control character in a string");
      } else {
        out.append(c);
      }
    }
    throw fail("unterminated string");
  }

  private String escape() {
    char c = at < s.length() ? s.charAt(at++) : 0;
    return switch (c) {
      case '"', '\\', '/' -> String.valueOf(c);
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'u' -> unicode();
      default -> throw fail("unknown escape");
    };
  }

  private String unicode() {
    char c = hex4();
    if (Character.isHighSurrogate(c) && s.startsWith("\\u", at)) {
      int back = at;
      at += 2;
      char low = hex4();
      if (Character.isLowSurrogate(low)) {
        return new String(new char[] {c, low});
      }
      at = back;
    }
    // Half a pair has no UTF-8 form.
    return String.valueOf(Character.isSurrogate(c) ? '\ufffd' : c);
  }

  private char hex4() {
    int v = 0;
    for (int i = 0; i < 4; i++) {
      int d = at < s.length() && s.charAt(at) < 128 ? Character.digit(s.charAt(at), 16) : -1;
      if (d < 0) {
        throw fail("expected four hex digits");
      }
      v = v << 4 | d;
      at++;
    }
    return (char) v;
  }

  private void space() {
    while (at < s.length() && " \t\n\r".indexOf(s.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    return at < s.length() ? s.charAt(at) : 0;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw fail("expected '" + c + "'");
    }
    at++;
  }

  private JsonException fail(String message) {
    return new JsonException(message, at);
  }
}
