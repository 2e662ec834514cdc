// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.rego.graphql.Ast.ArgumentDefinition;
import org.cofferdam.core.rego.graphql.Ast.Definition;
import org.cofferdam.core.rego.graphql.Ast.Directive;
import org.cofferdam.core.rego.graphql.Ast.DirectiveDefinition;
import org.cofferdam.core.rego.graphql.Ast.Field;
import org.cofferdam.core.rego.graphql.Ast.FieldDefinition;
import org.cofferdam.core.rego.graphql.Ast.Place;
import org.jspecify.annotations.Nullable;

/** Rules for fields, their arguments and directives (GraphQL 5.3, 5.4, 5.7). */
final class FieldRules implements Visitor {
  private final Schema schema;

  FieldRules(Schema schema) {
    this.schema = schema;
  }

  @Override
  public void field(Field f, @Nullable FieldDefinition d, @Nullable Definition parent) {
    if (d == null) {
      if (parent != null) {
        throw new GraphQlException(
            f.at(), "Cannot query field \"" + f.name() + "\" on type \"" + parent.name() + "\"");
      }
      once(f.arguments());
      return;
    }
    for (Ast.Argument a : f.arguments()) {
      if (parent != null && Ast.argument(d.arguments(), a.name()) == null) {
        throw new GraphQlException(
            f.at(),
            "Unknown argument \""
                + a.name()
                + "\" on field \""
                + parent.name()
                + "."
                + f.name()
                + "\"");
      }
    }
    required(f.at(), "Field \"" + f.name() + "\"", d.arguments(), f.arguments());
    Definition type = schema.type(d.type());
    if (type != null && type.leaf() && !f.selections().isEmpty()) {
      throw new GraphQlException(
          f.at(),
          "Field \""
              + f.name()
              + "\" must not have a selection since type \""
              + type.name()
              + "\" has no subfields");
    }
    if (type != null && !type.leaf() && f.selections().isEmpty()) {
      throw new GraphQlException(
          f.at(),
          "Field \""
              + f.name()
              + "\" of type \""
              + d.type()
              + "\" must have a selection of subfields");
    }
    once(f.arguments());
  }

  private static void once(List<Ast.Argument> arguments) {
    Set<String> seen = new HashSet<>();
    for (Ast.Argument a : arguments) {
      if (!seen.add(a.name())) {
        throw new GraphQlException(
            a.at(), "There can be only one argument named \"" + a.name() + "\"");
      }
    }
  }

  private static void required(
      Place at, String what, List<ArgumentDefinition> definitions, List<Ast.Argument> given) {
    for (ArgumentDefinition d : definitions) {
      if (d.type().nonNull()
          && d.defaultValue() == null
          && given.stream().noneMatch(a -> a.name().equals(d.name()))) {
        throw new GraphQlException(
            at,
            what
                + " argument \""
                + d.name()
                + "\" of type \""
                + d.type()
                + "\" is required, but it was not provided");
      }
    }
  }

  @Override
  public void directive(Directive d, @Nullable DirectiveDefinition definition, String location) {
    if (definition == null) {
      throw new GraphQlException(d.at(), "Unknown directive \"@" + d.name() + "\"");
    }
    for (Ast.Argument a : d.arguments()) {
      if (Ast.argument(definition.arguments(), a.name()) == null) {
        throw new GraphQlException(
            d.at(), "Unknown argument \"" + a.name() + "\" on directive \"@" + d.name() + "\"");
      }
    }
    if (!definition.locations().contains(location)) {
      throw new GraphQlException(
          d.at(), "Directive \"@" + d.name() + "\" may not be used on " + location);
    }
    required(d.at(), "Directive \"@" + d.name() + "\"", definition.arguments(), d.arguments());
    once(d.arguments());
  }

  @Override
  public void directives(List<Directive> all) {
    Set<String> seen = new HashSet<>();
    for (Directive d : all) {
      DirectiveDefinition definition = schema.directives.get(d.name());
      if (!seen.add(d.name()) && (definition == null || !definition.repeatable())) {
        throw new GraphQlException(
            d.at(), "The directive \"@" + d.name() + "\" can only be used once at this location");
      }
    }
  }
}
