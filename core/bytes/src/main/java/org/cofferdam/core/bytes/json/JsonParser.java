// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * A strict parser of RFC 8259: valid UTF-8 without a byte order mark, no member name twice, no lone
 * surrogate, nothing after the document, at most {@value #MAX_DEPTH} levels. Offsets in errors
 * count characters.
 */
public final class JsonParser {
  /** Deepest nesting of arrays and objects. */
  public static final int MAX_DEPTH = 128;

  private final String text;
  private int at;

  private JsonParser(String text) {
    this.text = text;
  }

  /**
   * @throws MalformedEvidenceException on anything that is not one strict JSON document
   */
  public static Json parse(byte[] utf8) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8))
              .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedEvidenceException("JSON", "document", -1, "is not UTF-8");
    }
    return parse(text);
  }

  /**
   * @throws MalformedEvidenceException on anything that is not one strict JSON document
   */
  public static Json parse(String text) {
    JsonParser parser = new JsonParser(text);
    parser.blank();
    Json value = parser.value(0);
    parser.blank();
    if (parser.at != text.length()) {
      throw parser.malformed("something follows the document");
    }
    return value;
  }

  private Json value(int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed("nested deeper than " + MAX_DEPTH);
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new Json.Str(string());
      case 't' -> literal("true", new Json.Bool(true));
      case 'f' -> literal("false", new Json.Bool(false));
      case 'n' -> literal("null", Json.Null.NULL);
      default -> number();
    };
  }

  private Json object(int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    blank();
    if (peek() == '}') {
      at++;
      return new Json.Obj(members);
    }
    while (true) {
      if (peek() != '"') {
        throw malformed("a member name was expected");
      }
      String name = string();
      blank();
      expect(':');
      blank();
      if (members.put(name, value(depth + 1)) != null) {
        throw malformed("the member \"" + name + "\" is there twice");
      }
      blank();
      if (peek() == '}') {
        at++;
        return new Json.Obj(members);
      }
      expect(',');
      blank();
    }
  }

  private Json array(int depth) {
    List<Json> items = new ArrayList<>();
    at++;
    blank();
    if (peek() == ']') {
      at++;
      return new Json.Arr(items);
    }
    while (true) {
      items.add(value(depth + 1));
      blank();
      if (peek() == ']') {
        at++;
        return new Json.Arr(items);
      }
      expect(',');
      blank();
    }
  }

  private String string() {
    at++;
    int start = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return checked(text.substring(start, at++));
      }
      if (c == '\\') {
        break;
      }
      if (c < 0x20) {
        throw malformed("a control character stands in a string");
      }
      at++;
    }
    StringBuilder value = new StringBuilder(text.substring(start, at));
    while (true) {
      char c = next();
      if (c == '"') {
        return checked(value.toString());
      } else if (c == '\\') {
        value.append(escape());
      } else if (c < 0x20) {
        throw malformed("a control character stands in a string");
      } else {
        value.append(c);
      }
    }
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0) {
            throw malformed("\\u needs four hexadecimal digits");
          }
          code = code << 4 | digit;
        }
        yield (char) code;
      }
      default -> throw malformed("\\" + c + " is no escape");
    };
  }

  private String checked(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw malformed("a string holds half a surrogate pair");
      }
    }
    return value;
  }

  private Json number() {
    int start = at;
    accept('-');
    if (!accept('0')) {
      digits();
    }
    if (accept('.')) {
      digits();
    }
    if (accept('e') || accept('E')) {
      if (!accept('+')) {
        accept('-');
      }
      digits();
    }
    return new Json.Num(text.substring(start, at));
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (start == at) {
      throw malformed("a value was expected");
    }
  }

  private Json literal(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw malformed("a value was expected");
    }
    at += word.length();
    return value;
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw malformed("'" + c + "' was expected");
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw malformed("the document ends early");
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private void blank() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private MalformedEvidenceException malformed(String problem) {
    return new MalformedEvidenceException("JSON", "document", at, problem);
  }
}
