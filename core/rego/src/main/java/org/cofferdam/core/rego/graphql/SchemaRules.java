// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.rego.graphql.Ast.ArgumentDefinition;
import org.cofferdam.core.rego.graphql.Ast.Definition;
import org.cofferdam.core.rego.graphql.Ast.Directive;
import org.cofferdam.core.rego.graphql.Ast.DirectiveDefinition;
import org.cofferdam.core.rego.graphql.Ast.EnumValue;
import org.cofferdam.core.rego.graphql.Ast.FieldDefinition;
import org.cofferdam.core.rego.graphql.Ast.Place;
import org.jspecify.annotations.Nullable;

/** The rules for schemas (GraphQL section 3). */
final class SchemaRules {
  private final Schema schema;

  SchemaRules(Schema schema) {
    this.schema = schema;
  }

  private static GraphQlException fail(Place at, String message) {
    return new GraphQlException(at, message);
  }

  void check() {
    schema.types.values().forEach(this::definition);
    Set<String> checked = new HashSet<>();
    for (Definition d : schema.types.values()) {
      if (d.kind().equals("INPUT_OBJECT")) {
        circle(d, new ArrayList<>(), checked);
      }
    }
    for (DirectiveDefinition d : schema.directives.values()) {
      name(d.at(), d.name());
      arguments(d.arguments(), d);
    }
  }

  private static void name(Place at, String name) {
    if (name.startsWith("__")) {
      throw fail(
          at,
          "Name \""
              + name
              + "\" must not begin with \"__\", which is reserved by GraphQL introspection");
    }
  }

  private void definition(Definition d) {
    boolean input = d.kind().equals("INPUT_OBJECT");
    for (FieldDefinition f : d.fields()) {
      name(f.at(), f.name());
      known(f.type(), f.at());
      arguments(f.arguments(), null);
      directives(f.directives(), input ? "INPUT_FIELD_DEFINITION" : "FIELD_DEFINITION", null, true);
    }
    for (String t : d.types()) {
      Definition member = schema.types.get(t);
      if (member == null) {
        throw fail(d.at(), "Undefined type \"" + t + "\"");
      }
      if (!member.kind().equals("OBJECT")) {
        throw fail(d.at(), d.kind() + " type \"" + t + "\" must be OBJECT");
      }
    }
    d.interfaces().forEach(i -> implement(d, i));
    switch (d.kind()) {
      case "OBJECT", "INTERFACE" -> fields(d, false, "must define one or more fields");
      case "INPUT_OBJECT" -> fields(d, true, "must define one or more input fields");
      case "ENUM" -> values(d);
      default -> {}
    }
    once(
        d.at(), "Field " + d.name() + ".", d.fields().stream().map(FieldDefinition::name).toList());
    once(
        d.at(),
        "Enum value " + d.name() + ".",
        d.enumValues().stream().map(EnumValue::name).toList());
    once(d.at(), "Member of " + d.name() + ": ", d.types());
    if (!d.builtIn()) {
      name(d.at(), d.name());
    }
    directives(d.directives(), d.kind(), null, false);
  }

  private static void once(Place at, String what, List<String> names) {
    String twice = Schema.twice(names);
    if (twice != null) {
      throw fail(at, what + twice + " can only be defined once");
    }
  }

  private void fields(Definition d, boolean input, String none) {
    if (d.fields().isEmpty()) {
      throw fail(d.at(), d.kind() + " " + d.name() + ": " + none);
    }
    for (FieldDefinition f : d.fields()) {
      Definition t = schema.type(f.type());
      if (t != null && (input ? !t.input() : t.kind().equals("INPUT_OBJECT"))) {
        throw fail(
            f.at(),
            d.kind()
                + " "
                + d.name()
                + ": field must be one of "
                + (input
                    ? "SCALAR, ENUM, INPUT_OBJECT"
                    : "SCALAR, OBJECT, INTERFACE, UNION, ENUM"));
      }
    }
  }

  private void values(Definition d) {
    if (d.enumValues().isEmpty()) {
      throw fail(d.at(), "ENUM " + d.name() + ": must define one or more unique enum values");
    }
    for (EnumValue v : d.enumValues()) {
      if (Set.of("true", "false", "null").contains(v.name())) {
        throw fail(d.at(), "ENUM " + d.name() + ": non-enum value " + v.name());
      }
      directives(v.directives(), "ENUM_VALUE", null, true);
    }
  }

  private Definition known(Ast.Type t, Place at) {
    Definition d = schema.type(t);
    if (d == null) {
      throw fail(at, "Undefined type " + t.base());
    }
    return d;
  }

  private void arguments(List<ArgumentDefinition> all, @Nullable DirectiveDefinition of) {
    for (ArgumentDefinition a : all) {
      name(a.at(), a.name());
      Definition d = known(a.type(), a.at());
      if (!d.input()) {
        throw fail(
            a.at(),
            "cannot use "
                + a.type()
                + " as argument "
                + a.name()
                + " because "
                + d.kind()
                + " is not a valid input type");
      }
      directives(a.directives(), "ARGUMENT_DEFINITION", of, true);
    }
  }

  /** Checks where directives are used; {@code one} where they stand at one place together. */
  void directives(
      List<Directive> all, String location, @Nullable DirectiveDefinition in, boolean one) {
    Set<String> seen = new HashSet<>();
    for (Directive d : all) {
      name(d.at(), d.name());
      if (in != null && in.name().equals(d.name())) {
        throw fail(d.at(), "Directive " + d.name() + " cannot refer to itself");
      }
      DirectiveDefinition definition = schema.directives.get(d.name());
      if (definition == null) {
        throw fail(d.at(), "Undefined directive " + d.name());
      }
      if (one && !seen.add(d.name()) && !definition.repeatable()) {
        throw fail(d.at(), "The directive " + d.name() + " can only be used once at this location");
      }
      if (!definition.locations().contains(location)) {
        throw fail(d.at(), "Directive " + d.name() + " is not applicable on " + location);
      }
      given(d, definition);
    }
  }

  private static void given(Directive d, DirectiveDefinition definition) {
    for (Ast.Argument a : d.arguments()) {
      if (Ast.argument(definition.arguments(), a.name()) == null) {
        throw fail(a.at(), "Undefined argument " + a.name() + " for directive " + d.name());
      }
    }
    for (ArgumentDefinition a : definition.arguments()) {
      boolean given =
          d.arguments().stream()
              .anyMatch(x -> x.name().equals(a.name()) && x.value().kind() != Ast.Kind.NULL);
      if (a.type().nonNull() && a.defaultValue() == null && !given) {
        throw fail(
            d.at(), "Argument " + a.name() + " for directive " + d.name() + " cannot be null");
      }
    }
  }

  private void implement(Definition d, String name) {
    Definition i = schema.types.get(name);
    if (i == null) {
      throw fail(d.at(), "Undefined type \"" + name + "\"");
    }
    if (!i.kind().equals("INTERFACE")) {
      throw fail(d.at(), "\"" + name + "\" is a non interface type " + i.kind());
    }
    String say = "For " + d.name() + " to implement " + name;
    for (FieldDefinition required : i.fields()) {
      FieldDefinition found = d.field(required.name());
      if (found == null) {
        throw fail(d.at(), say + " it must have a field called " + required.name());
      }
      if (!schema.covariant(required.type(), found.type())) {
        throw fail(
            found.at(),
            say + " the field " + required.name() + " must have type " + required.type());
      }
      sameArguments(say, required, found);
    }
    for (String above : i.interfaces()) {
      if (!d.interfaces().contains(above)) {
        throw fail(
            d.at(),
            above.equals(d.name())
                ? "Type "
                    + d.name()
                    + " cannot implement "
                    + name
                    + " because it would create a circular reference"
                : "Type "
                    + d.name()
                    + " must implement "
                    + above
                    + " because it is implemented by "
                    + name);
      }
    }
  }

  private static void sameArguments(String say, FieldDefinition required, FieldDefinition found) {
    for (ArgumentDefinition a : required.arguments()) {
      ArgumentDefinition b = Ast.argument(found.arguments(), a.name());
      if (b == null || !a.type().fits(b.type())) {
        throw fail(
            b == null ? found.at() : b.at(),
            say
                + " the field "
                + required.name()
                + " must have the same arguments but "
                + (b == null ? "it is missing " + a.name() : a.name() + " has the wrong type"));
      }
    }
    for (ArgumentDefinition b : found.arguments()) {
      if (Ast.argument(required.arguments(), b.name()) == null
          && b.type().nonNull()
          && b.defaultValue() == null) {
        throw fail(
            b.at(),
            say
                + " any additional arguments on "
                + found.name()
                + " must be optional or have a default value but "
                + b.name()
                + " is required");
      }
    }
  }

  /** Refuses input objects that need one of themselves. */
  private void circle(Definition d, List<String> path, Set<String> checked) {
    if (!checked.add(d.name())) {
      return;
    }
    path.add(d.name());
    for (FieldDefinition f : d.fields()) {
      Definition t = f.type().nonNull() && f.type().elem() == null ? schema.type(f.type()) : null;
      if (t == null || !t.kind().equals("INPUT_OBJECT")) {
        continue;
      }
      if (path.contains(t.name())) {
        throw fail(
            f.at(),
            "Cannot reference Input Object \""
                + t.name()
                + "\" within itself through a series of non-null fields");
      }
      if (path.size() > 500) {
        throw fail(f.at(), "nested too deep");
      }
      circle(t, path, checked);
    }
    path.removeLast();
  }
}
