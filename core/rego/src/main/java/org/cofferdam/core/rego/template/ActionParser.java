// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.template;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.template.Node.Command;
import org.cofferdam.core.rego.template.Node.Kind;
import org.cofferdam.core.rego.template.Node.Operand;
import org.cofferdam.core.rego.template.Node.Pipe;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.JsonException;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Parses the text of one action, between its braces. */
final class ActionParser {
  private static final int MAX_DEPTH = 50;

  private final String s;
  private int at;
  private int depth;

  ActionParser(String text) {
    s = text;
  }

  private TemplateException fail(String message) {
    return new TemplateException(message + " in {{" + s + "}}");
  }

  private void space() {
    while (at < s.length() && Character.isWhitespace(s.charAt(at))) {
      at++;
    }
  }

  boolean done() {
    space();
    return at >= s.length();
  }

  /** The next word of letters, or the empty string. */
  String word() {
    space();
    int start = at;
    while (at < s.length() && name(s.charAt(at))) {
      at++;
    }
    return s.substring(start, at);
  }

  /** Reads {@code word} where it comes next. */
  boolean take(String word) {
    int back = at;
    if (word().equals(word)) {
      return true;
    }
    at = back;
    return false;
  }

  private static boolean name(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  void end() {
    if (!done()) {
      throw fail("unexpected " + Json.quote(s.substring(at)));
    }
  }

  Pipe pipe() {
    if (++depth > MAX_DEPTH) {
      throw fail("nested too deep");
    }
    List<String> variables = new ArrayList<>();
    boolean declares = declaration(variables);
    List<Command> commands = new ArrayList<>();
    do {
      commands.add(command());
      space();
    } while (take('|'));
    depth--;
    return new Pipe(variables, declares, commands);
  }

  private boolean take(char c) {
    if (at < s.length() && s.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean declaration(List<String> variables) {
    int back = at;
    space();
    while (take('$')) {
      variables.add(word());
      space();
      if (!take(',')) {
        break;
      }
      space();
    }
    boolean declares = s.startsWith(":=", at);
    if (variables.isEmpty() || variables.size() > 2 || !(declares || s.startsWith("=", at))) {
      variables.clear();
      at = back;
      return false;
    }
    at += declares ? 2 : 1;
    return declares;
  }

  private Command command() {
    List<Operand> operands = new ArrayList<>();
    while (!done() && s.charAt(at) != '|' && s.charAt(at) != ')') {
      operands.add(operand());
    }
    if (operands.isEmpty()) {
      throw fail("missing value");
    }
    return new Command(operands);
  }

  private Operand operand() {
    char c = s.charAt(at);
    if (c == '.' && (at + 1 >= s.length() || !Character.isDigit(s.charAt(at + 1)))) {
      List<String> fields = new ArrayList<>();
      if (at + 1 < s.length() && name(s.charAt(at + 1))) {
        fields = fields();
      } else {
        at++;
      }
      return new Operand(Kind.DOT, "", null, null, fields);
    }
    if (take('$')) {
      return new Operand(Kind.VARIABLE, word(), null, null, fields());
    }
    if (take('(')) {
      Pipe p = pipe();
      space();
      if (!take(')')) {
        throw fail("unclosed left paren");
      }
      return new Operand(Kind.PIPE, "", null, p, fields());
    }
    Value constant = constant(c);
    if (constant != null) {
      return new Operand(Kind.CONSTANT, "", constant, null, List.of());
    }
    String word = word();
    return switch (word) {
      case "" -> throw fail("unexpected " + Json.quote(String.valueOf(c)));
      case "true", "false" ->
          new Operand(Kind.CONSTANT, "", RegoBoolean.of(word.equals("true")), null, List.of());
      case "nil" -> new Operand(Kind.CONSTANT, "", RegoNull.NULL, null, List.of());
      default -> {
        if (!Functions.known(word)) {
          throw fail("function \"" + word + "\" not defined");
        }
        yield new Operand(Kind.FUNCTION, word, null, null, List.of());
      }
    };
  }

  private List<String> fields() {
    List<String> out = new ArrayList<>();
    while (at + 1 < s.length() && s.charAt(at) == '.' && name(s.charAt(at + 1))) {
      at++;
      out.add(word());
    }
    return out;
  }

  private @Nullable Value constant(char c) {
    int start = at;
    if (c == '`') {
      int end = s.indexOf('`', at + 1);
      if (end < 0) {
        throw fail("unterminated raw quoted string");
      }
      at = end + 1;
      return RegoString.of(s.substring(start + 1, end));
    }
    if (c == '"') {
      at++;
      while (at < s.length() && s.charAt(at) != '"') {
        at += s.charAt(at) == '\\' ? 2 : 1;
      }
      if (at >= s.length()) {
        throw fail("unterminated quoted string");
      }
      at++;
      return json(s.substring(start, at));
    }
    if (Character.isDigit(c) || ((c == '-' || c == '+') && at + 1 < s.length())) {
      at++;
      while (at < s.length() && (name(s.charAt(at)) || s.charAt(at) == '.')) {
        at++;
      }
      return json(s.substring(c == '+' ? start + 1 : start, at));
    }
    return null;
  }

  private Value json(String text) {
    try {
      return Json.parse(text);
    } catch (JsonException e) {
      throw fail("bad constant " + text);
    }
  }
}
