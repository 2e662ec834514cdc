// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.graphql.Ast.Field;
import org.cofferdam.core.rego.graphql.Ast.Fragment;
import org.cofferdam.core.rego.graphql.Ast.Inline;
import org.cofferdam.core.rego.graphql.Ast.Literal;
import org.cofferdam.core.rego.graphql.Ast.Operation;
import org.cofferdam.core.rego.graphql.Ast.Place;
import org.cofferdam.core.rego.graphql.Ast.QueryDocument;
import org.cofferdam.core.rego.graphql.Ast.Selection;
import org.cofferdam.core.rego.graphql.Ast.Spread;
import org.cofferdam.core.rego.graphql.Ast.Variable;

/** Parses what a client sends: operations and fragments. */
final class QueryParser extends Parser {
  private QueryParser(String text) {
    super(text);
  }

  static QueryDocument parse(String text) {
    return new QueryParser(text).document();
  }

  private QueryDocument document() {
    List<Operation> operations = new ArrayList<>();
    List<Fragment> fragments = new ArrayList<>();
    while (!done()) {
      Token t = peek();
      if (t.isName("fragment")) {
        fragments.add(fragment());
      } else if (t.is("{")) {
        operations.add(new Operation("query", "", List.of(), List.of(), required(), t.at()));
      } else if (t.isName("query") || t.isName("mutation") || t.isName("subscription")) {
        operations.add(operation());
      } else {
        throw unexpected(t);
      }
    }
    return new QueryDocument(operations, fragments);
  }

  private Operation operation() {
    Place place = peek().at();
    String kind = next().value();
    String name = peek().kind() == Token.Kind.NAME ? next().value() : "";
    return new Operation(kind, name, variables(), directives(false), required(), place);
  }

  private Fragment fragment() {
    Place place = peek().at();
    next();
    if (peek().isName("on")) {
      throw unexpected(peek());
    }
    String name = name();
    List<Variable> variables = variables();
    keyword("on");
    return new Fragment(name, variables, name(), directives(false), required(), place);
  }

  private List<Variable> variables() {
    return some("(", ")", this::variable);
  }

  private Variable variable() {
    Place place = peek().at();
    expect("$");
    String name = name();
    expect(":");
    Ast.Type type = type();
    Literal byDefault = skip("=") ? value(true) : null;
    return new Variable(name, type, byDefault, directives(false), place);
  }

  private List<Selection> required() {
    if (!peek().is("{")) {
      throw fail("Expected {, found " + peek().name());
    }
    return some("{", "}", this::selection);
  }

  private Selection selection() {
    if (!skip("...")) {
      return field();
    }
    Place place = peek().at();
    if (peek().kind() == Token.Kind.NAME && !peek().isName("on")) {
      return new Spread(name(), directives(false), place);
    }
    String condition = "";
    if (peek().isName("on")) {
      next();
      condition = name();
    }
    return new Inline(condition, directives(false), required(), place);
  }

  private Field field() {
    Place place = peek().at();
    String alias = name();
    String name = skip(":") ? name() : alias;
    return new Field(
        alias, name, arguments(false), directives(false), some("{", "}", this::selection), place);
  }
}
