// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.rego.graphql.Ast.ArgumentDefinition;
import org.cofferdam.core.rego.graphql.Ast.Definition;
import org.cofferdam.core.rego.graphql.Ast.Directive;
import org.cofferdam.core.rego.graphql.Ast.DirectiveDefinition;
import org.cofferdam.core.rego.graphql.Ast.EnumValue;
import org.cofferdam.core.rego.graphql.Ast.FieldDefinition;
import org.cofferdam.core.rego.graphql.Ast.Literal;
import org.cofferdam.core.rego.graphql.Ast.Place;
import org.cofferdam.core.rego.graphql.Ast.Root;
import org.cofferdam.core.rego.graphql.Ast.SchemaDefinition;
import org.cofferdam.core.rego.graphql.Ast.SchemaDocument;

/** Parses the type system definition language. */
final class SchemaParser extends Parser {
  private static final Set<String> LOCATIONS =
      Set.of(
          "QUERY",
          "MUTATION",
          "SUBSCRIPTION",
          "FIELD",
          "FRAGMENT_DEFINITION",
          "FRAGMENT_SPREAD",
          "INLINE_FRAGMENT",
          "VARIABLE_DEFINITION",
          "SCHEMA",
          "SCALAR",
          "OBJECT",
          "FIELD_DEFINITION",
          "ARGUMENT_DEFINITION",
          "INTERFACE",
          "UNION",
          "ENUM",
          "ENUM_VALUE",
          "INPUT_OBJECT",
          "INPUT_FIELD_DEFINITION");

  private final boolean builtIn;
  private final List<SchemaDefinition> schemas = new ArrayList<>();
  private final List<SchemaDefinition> schemaExtensions = new ArrayList<>();
  private final List<DirectiveDefinition> directives = new ArrayList<>();
  private final List<Definition> definitions = new ArrayList<>();
  private final List<Definition> extensions = new ArrayList<>();

  private SchemaParser(String text, boolean builtIn) {
    super(text);
    this.builtIn = builtIn;
  }

  static SchemaDocument parse(String text, boolean builtIn) {
    SchemaParser p = new SchemaParser(text, builtIn);
    while (!p.done()) {
      p.one();
    }
    return new SchemaDocument(
        p.schemas, p.schemaExtensions, p.directives, p.definitions, p.extensions);
  }

  private void one() {
    Token first = peek();
    String description = description();
    if (peek().kind() != Token.Kind.NAME) {
      throw unexpected(peek());
    }
    switch (peek().value()) {
      case "scalar", "type", "interface", "union", "enum", "input" ->
          definitions.add(definition(description));
      case "schema" -> schemas.add(schema(description));
      case "directive" -> directives.add(directive(description));
      case "extend" -> {
        if (!description.isEmpty()) {
          throw unexpected(first);
        }
        next();
        extension();
      }
      default -> throw unexpected(peek());
    }
  }

  private void extension() {
    if (peek().isName("schema")) {
      SchemaDefinition s = schema("");
      if (s.directives().isEmpty() && s.roots().isEmpty()) {
        throw unexpected(peek());
      }
      schemaExtensions.add(s);
      return;
    }
    Definition d = definition("");
    if (d.interfaces().isEmpty()
        && d.directives().isEmpty()
        && d.fields().isEmpty()
        && d.types().isEmpty()
        && d.enumValues().isEmpty()) {
      throw unexpected(peek());
    }
    extensions.add(d);
  }

  private String description() {
    Token.Kind kind = peek().kind();
    return kind == Token.Kind.STRING || kind == Token.Kind.BLOCK ? next().value() : "";
  }

  private SchemaDefinition schema(String description) {
    next();
    Place place = peek().at();
    List<Directive> dirs = directives(true);
    return new SchemaDefinition(description, dirs, some("{", "}", this::root), place);
  }

  private Root root() {
    Token t = next();
    if (!t.isName("query") && !t.isName("mutation") && !t.isName("subscription")) {
      throw unexpected(t);
    }
    expect(":");
    return new Root(t.value(), name(), t.at());
  }

  private Definition definition(String description) {
    String kind =
        switch (peek().value()) {
          case "scalar" -> "SCALAR";
          case "type" -> "OBJECT";
          case "interface" -> "INTERFACE";
          case "union" -> "UNION";
          case "enum" -> "ENUM";
          case "input" -> "INPUT_OBJECT";
          default -> throw unexpected(peek());
        };
    if (peek().kind() != Token.Kind.NAME) {
      throw unexpected(peek());
    }
    next();
    Place place = peek().at();
    String name = name();
    boolean fields = kind.equals("OBJECT") || kind.equals("INTERFACE");
    List<String> interfaces = fields ? interfaces() : List.of();
    List<Directive> dirs = directives(true);
    return new Definition(
        kind,
        description,
        name,
        dirs,
        interfaces,
        fields
            ? some("{", "}", this::field)
            : kind.equals("INPUT_OBJECT") ? some("{", "}", this::inputField) : List.of(),
        kind.equals("UNION") ? members() : List.of(),
        kind.equals("ENUM") ? some("{", "}", this::enumValue) : List.of(),
        builtIn,
        place);
  }

  private List<String> interfaces() {
    if (!peek().isName("implements")) {
      return List.of();
    }
    next();
    return names("&");
  }

  private List<String> members() {
    return skip("=") ? names("|") : List.of();
  }

  private List<String> names(String separator) {
    skip(separator);
    List<String> out = new ArrayList<>();
    do {
      out.add(name());
    } while (skip(separator));
    return out;
  }

  private FieldDefinition field() {
    String description = description();
    Place place = peek().at();
    String name = name();
    List<ArgumentDefinition> arguments = some("(", ")", this::argument);
    expect(":");
    Ast.Type type = type();
    return new FieldDefinition(description, name, arguments, null, type, directives(true), place);
  }

  private FieldDefinition inputField() {
    ArgumentDefinition a = argument();
    return new FieldDefinition(
        a.description(), a.name(), List.of(), a.defaultValue(), a.type(), a.directives(), a.at());
  }

  private ArgumentDefinition argument() {
    String description = description();
    Place place = peek().at();
    String name = name();
    expect(":");
    Ast.Type type = type();
    Literal byDefault = skip("=") ? value(true) : null;
    return new ArgumentDefinition(description, name, byDefault, type, directives(true), place);
  }

  private EnumValue enumValue() {
    String description = description();
    Place place = peek().at();
    return new EnumValue(description, name(), directives(true), place);
  }

  private DirectiveDefinition directive(String description) {
    next();
    expect("@");
    Place place = peek().at();
    String name = name();
    List<ArgumentDefinition> arguments = some("(", ")", this::argument);
    boolean repeatable = peek().isName("repeatable");
    if (repeatable) {
      next();
    }
    keyword("on");
    skip("|");
    List<String> locations = new ArrayList<>();
    do {
      Token t = peek();
      String location = name();
      if (!LOCATIONS.contains(location)) {
        throw unexpected(t);
      }
      locations.add(location);
    } while (skip("|"));
    return new DirectiveDefinition(description, name, arguments, locations, repeatable, place);
  }
}
