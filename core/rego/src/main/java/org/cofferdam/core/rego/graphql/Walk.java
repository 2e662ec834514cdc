// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.cofferdam.core.rego.graphql.Ast.ArgumentDefinition;
import org.cofferdam.core.rego.graphql.Ast.Definition;
import org.cofferdam.core.rego.graphql.Ast.Directive;
import org.cofferdam.core.rego.graphql.Ast.DirectiveDefinition;
import org.cofferdam.core.rego.graphql.Ast.Field;
import org.cofferdam.core.rego.graphql.Ast.FieldDefinition;
import org.cofferdam.core.rego.graphql.Ast.Fragment;
import org.cofferdam.core.rego.graphql.Ast.Inline;
import org.cofferdam.core.rego.graphql.Ast.Kind;
import org.cofferdam.core.rego.graphql.Ast.Literal;
import org.cofferdam.core.rego.graphql.Ast.Operation;
import org.cofferdam.core.rego.graphql.Ast.Place;
import org.cofferdam.core.rego.graphql.Ast.QueryDocument;
import org.cofferdam.core.rego.graphql.Ast.Selection;
import org.cofferdam.core.rego.graphql.Ast.Spread;
import org.cofferdam.core.rego.graphql.Ast.Variable;
import org.jspecify.annotations.Nullable;

/** Walks over a query with the schema's definitions beside it. */
final class Walk {
  private static final FieldDefinition TYPE_NAME =
      new FieldDefinition(
          "",
          "__typename",
          List.of(),
          null,
          new Ast.Type("String", null, false),
          List.of(),
          Place.NONE);

  private final Schema schema;
  private final QueryDocument document;
  private final List<Visitor> visitors;
  private final Work work;
  private Set<String> entered = new HashSet<>();
  private @Nullable Operation operation;

  Walk(Schema schema, QueryDocument document, List<Visitor> visitors, Work work) {
    this.schema = schema;
    this.document = document;
    this.visitors = visitors;
    this.work = work;
  }

  void run() {
    for (Operation o : document.operations()) {
      entered = new HashSet<>();
      operation(o);
    }
    operation = null;
    for (Fragment f : document.fragments()) {
      entered = new HashSet<>();
      Definition d = schema.types.get(f.condition());
      directives(f.directives(), "FRAGMENT_DEFINITION");
      selections(d, f.selections());
      tell(v -> v.fragment(f, d));
    }
  }

  private void tell(Consumer<Visitor> event) {
    work.count();
    visitors.forEach(event);
  }

  private void operation(Operation o) {
    operation = o;
    for (Variable v : o.variables()) {
      tell(x -> x.variable(v, schema.type(v.type())));
    }
    for (Variable v : o.variables()) {
      if (v.defaultValue() != null) {
        value(v.defaultValue(), v.type(), false);
      }
      directives(v.directives(), "VARIABLE_DEFINITION");
    }
    Definition root = schema.root(o.kind());
    directives(o.directives(), o.kind().toUpperCase(java.util.Locale.ROOT));
    selections(root, o.selections());
    tell(v -> v.operation(o, root));
  }

  private void selections(@Nullable Definition parent, List<Selection> all) {
    for (Selection s : all) {
      switch (s) {
        case Field f -> field(parent, f);
        case Inline f -> {
          directives(f.directives(), "INLINE_FRAGMENT");
          selections(
              f.condition().isEmpty() ? parent : schema.types.get(f.condition()), f.selections());
          tell(v -> v.inline(f, parent));
        }
        case Spread f -> {
          Fragment fragment = document.fragment(f.name());
          directives(f.directives(), "FRAGMENT_SPREAD");
          if (fragment != null && entered.add(f.name())) {
            directives(fragment.directives(), "FRAGMENT_DEFINITION");
            selections(schema.types.get(fragment.condition()), fragment.selections());
          }
          tell(v -> v.spread(f, fragment, parent));
        }
      }
    }
  }

  private void field(@Nullable Definition parent, Field f) {
    FieldDefinition d =
        f.name().equals(TYPE_NAME.name())
            ? TYPE_NAME
            : parent == null ? null : parent.field(f.name());
    for (Ast.Argument a : f.arguments()) {
      argument(d == null ? null : Ast.argument(d.arguments(), a.name()), a.value());
    }
    directives(f.directives(), "FIELD");
    selections(d == null ? null : schema.type(d.type()), f.selections());
    tell(v -> v.field(f, d, parent));
  }

  private void directives(List<Directive> all, String location) {
    for (Directive d : all) {
      DirectiveDefinition definition = schema.directives.get(d.name());
      for (Ast.Argument a : d.arguments()) {
        argument(
            definition == null ? null : Ast.argument(definition.arguments(), a.name()), a.value());
      }
      tell(v -> v.directive(d, definition, location));
    }
    tell(v -> v.directives(all));
  }

  private void argument(@Nullable ArgumentDefinition d, Literal l) {
    value(l, d == null ? null : d.type(), d != null && hasDefault(d.defaultValue()));
  }

  private static boolean hasDefault(@Nullable Literal l) {
    return l != null && l.kind() != Kind.NULL;
  }

  private void value(Literal l, Ast.@Nullable Type expected, boolean hasDefault) {
    Definition d = expected == null ? null : schema.type(expected);
    for (Ast.Child c : l.children()) {
      if (l.kind() == Kind.OBJECT) {
        FieldDefinition f = d == null ? null : d.field(c.name());
        value(c.value(), f == null ? null : f.type(), f != null && hasDefault(f.defaultValue()));
      } else {
        value(c.value(), expected == null ? null : expected.elem(), false);
      }
    }
    Operation o = operation;
    Variable variable = null;
    if (l.kind() == Kind.VARIABLE && o != null) {
      variable =
          o.variables().stream().filter(v -> v.name().equals(l.raw())).findFirst().orElse(null);
    }
    Visitor.Slot slot = new Visitor.Slot(l, expected, hasDefault, d, o, variable);
    tell(v -> v.value(slot));
  }
}
