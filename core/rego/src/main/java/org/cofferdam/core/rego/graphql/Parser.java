// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.cofferdam.core.rego.graphql.Ast.Argument;
import org.cofferdam.core.rego.graphql.Ast.Child;
import org.cofferdam.core.rego.graphql.Ast.Directive;
import org.cofferdam.core.rego.graphql.Ast.Kind;
import org.cofferdam.core.rego.graphql.Ast.Literal;
import org.cofferdam.core.rego.graphql.Ast.Place;

/** What queries and schemas have in common: values, directives, types. */
class Parser {
  private static final int MAX_DEPTH = 100;

  private final Lexer.Tokens all;
  private int at;
  private int depth;

  Parser(String text) {
    all = Lexer.tokens(text);
  }

  Token peek() {
    return all.tokens().get(at);
  }

  Token next() {
    Token t = peek();
    if (all.fault() != null && t.kind() == Token.Kind.INVALID) {
      throw all.fault();
    }
    if (at < all.tokens().size() - 1) {
      at++;
    }
    return t;
  }

  boolean done() {
    return peek().kind() == Token.Kind.END;
  }

  boolean skip(String punctuator) {
    if (peek().is(punctuator)) {
      next();
      return true;
    }
    return false;
  }

  void expect(String punctuator) {
    if (!skip(punctuator)) {
      throw wanted(punctuator);
    }
  }

  void keyword(String word) {
    if (!peek().isName(word)) {
      throw fail("Expected \"" + word + "\", found " + peek());
    }
    next();
  }

  String name() {
    if (peek().kind() != Token.Kind.NAME) {
      throw wanted("Name");
    }
    return next().value();
  }

  private GraphQlException wanted(String what) {
    return fail("Expected " + what + ", found " + peek().name());
  }

  GraphQlException fail(String message) {
    return new GraphQlException(peek().at(), message);
  }

  GraphQlException unexpected(Token t) {
    return new GraphQlException(t.at(), "Unexpected " + t);
  }

  /** {@code start item item … end}, with one item at least; nothing where there is no start. */
  <T> List<T> some(String start, String end, Supplier<T> item) {
    if (!skip(start)) {
      return List.of();
    }
    List<T> out = items(end, item);
    if (out.isEmpty()) {
      throw fail("expected at least one definition, found " + peek().name());
    }
    next();
    return out;
  }

  private <T> List<T> items(String end, Supplier<T> item) {
    if (++depth > MAX_DEPTH) {
      throw fail("nested too deep");
    }
    List<T> out = new ArrayList<>();
    while (!peek().is(end)) {
      out.add(item.get());
    }
    depth--;
    return out;
  }

  List<Argument> arguments(boolean constant) {
    return some("(", ")", () -> argument(constant));
  }

  private Argument argument(boolean constant) {
    Place place = peek().at();
    String name = name();
    expect(":");
    return new Argument(name, value(constant), place);
  }

  List<Directive> directives(boolean constant) {
    List<Directive> out = new ArrayList<>();
    while (skip("@")) {
      Place place = peek().at();
      out.add(new Directive(name(), arguments(constant), place));
    }
    return out;
  }

  Ast.Type type() {
    if (++depth > MAX_DEPTH) {
      throw fail("nested too deep");
    }
    Ast.Type elem = null;
    String name = "";
    if (skip("[")) {
      elem = type();
      expect("]");
    } else {
      name = name();
    }
    depth--;
    return new Ast.Type(name, elem, skip("!"));
  }

  Literal value(boolean constant) {
    Token t = peek();
    if (t.is("[")) {
      next();
      List<Child> items = items("]", () -> new Child("", value(constant), Place.NONE));
      next();
      return new Literal(Kind.LIST, "", items, t.at());
    }
    if (t.is("{")) {
      next();
      List<Child> members = items("}", () -> member(constant));
      next();
      return new Literal(Kind.OBJECT, "", members, t.at());
    }
    if (t.is("$") && !constant) {
      next();
      return new Literal(Kind.VARIABLE, name(), List.of(), t.at());
    }
    Kind kind =
        switch (t.kind()) {
          case INT -> Kind.INT;
          case FLOAT -> Kind.FLOAT;
          case STRING -> Kind.STRING;
          case BLOCK -> Kind.BLOCK;
          case NAME ->
              switch (t.value()) {
                case "true", "false" -> Kind.BOOLEAN;
                case "null" -> Kind.NULL;
                default -> Kind.ENUM;
              };
          case END, INVALID, PUNCTUATOR -> throw unexpected(t);
        };
    next();
    return new Literal(kind, t.value(), List.of(), t.at());
  }

  private Child member(boolean constant) {
    Place place = peek().at();
    String name = name();
    expect(":");
    return new Child(name, value(constant), place);
  }
}
