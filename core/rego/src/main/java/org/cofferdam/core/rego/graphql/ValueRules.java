// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.rego.graphql.Ast.Definition;
import org.cofferdam.core.rego.graphql.Ast.FieldDefinition;
import org.cofferdam.core.rego.graphql.Ast.Kind;
import org.cofferdam.core.rego.graphql.Ast.Literal;

/** Rules for values (GraphQL 5.6). */
final class ValueRules implements Visitor {
  private static final Set<String> SCALARS = Set.of("Int", "Float", "String", "Boolean", "ID");

  @Override
  public void value(Slot slot) {
    Literal v = slot.value();
    if (v.kind() == Kind.OBJECT) {
      once(v);
    }
    Definition d = slot.type();
    Ast.Type expected = slot.expected();
    if (d == null || expected == null) {
      return;
    }
    if (v.kind() == Kind.NULL && expected.nonNull()) {
      throw wrong(v, expected);
    }
    // What a scalar of the schema's own accepts is its own affair.
    if (d.kind().equals("SCALAR") && !SCALARS.contains(d.name())) {
      return;
    }
    boolean fits =
        switch (v.kind()) {
          case NULL, VARIABLE -> true;
          case LIST -> expected.elem() != null;
          case INT -> inRange(v) && Set.of("Int", "Float", "ID").contains(d.name());
          case FLOAT -> d.name().equals("Float");
          case STRING, BLOCK -> d.name().equals("String") || d.name().equals("ID");
          case BOOLEAN -> d.name().equals("Boolean");
          case ENUM ->
              d.kind().equals("ENUM")
                  && d.enumValues().stream().anyMatch(e -> e.name().equals(v.raw()));
          case OBJECT -> {
            object(v, d);
            yield true;
          }
        };
    if (!fits) {
      throw wrong(v, expected);
    }
  }

  /** True where the digits are no more than a number of 64 bits has. */
  private static boolean inRange(Literal v) {
    try {
      Long.parseLong(v.raw());
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void once(Literal v) {
    Set<String> seen = new HashSet<>();
    for (Ast.Child c : v.children()) {
      if (!seen.add(c.name())) {
        throw new GraphQlException(
            c.at(), "There can be only one input field named \"" + c.name() + "\"");
      }
    }
  }

  private static void object(Literal v, Definition d) {
    List<String> given = v.children().stream().map(Ast.Child::name).toList();
    for (FieldDefinition f : d.fields()) {
      if (f.type().nonNull() && f.defaultValue() == null && !given.contains(f.name())) {
        throw new GraphQlException(
            v.at(),
            "Field \""
                + d.name()
                + "."
                + f.name()
                + "\" of required type \""
                + f.type()
                + "\" was not provided");
      }
    }
    if (d.directives().stream().anyMatch(x -> x.name().equals("oneOf"))) {
      if (given.size() != 1) {
        throw new GraphQlException(
            v.at(), "OneOf Input Object \"" + d.name() + "\" must specify exactly one key");
      }
      Ast.Child only = v.children().getFirst();
      if (only.value().kind() == Kind.NULL) {
        throw new GraphQlException(
            v.at(), "Field \"" + d.name() + "." + only.name() + "\" must be non-null");
      }
    }
    for (Ast.Child c : v.children()) {
      if (d.field(c.name()) == null) {
        throw new GraphQlException(
            c.at(), "Field \"" + c.name() + "\" is not defined by type \"" + d.name() + "\"");
      }
    }
  }

  private static GraphQlException wrong(Literal v, Ast.Type expected) {
    return new GraphQlException(v.at(), "Expected value of type \"" + expected + "\", found " + v);
  }
}
