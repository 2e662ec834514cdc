// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.graphql.Ast.Definition;
import org.cofferdam.core.rego.graphql.Ast.Field;
import org.cofferdam.core.rego.graphql.Ast.FieldDefinition;
import org.cofferdam.core.rego.graphql.Ast.Fragment;
import org.cofferdam.core.rego.graphql.Ast.Inline;
import org.cofferdam.core.rego.graphql.Ast.Operation;
import org.cofferdam.core.rego.graphql.Ast.Place;
import org.cofferdam.core.rego.graphql.Ast.QueryDocument;
import org.cofferdam.core.rego.graphql.Ast.Selection;
import org.cofferdam.core.rego.graphql.Ast.Spread;
import org.jspecify.annotations.Nullable;

/** Rules for operations (GraphQL 5.2), and a limit on introspection's depth. */
final class OperationRules implements Visitor {
  /** Lists of introspection within each other; the data grows with a power of their number. */
  private static final int MAX_LISTS = 3;

  private static final Set<String> LISTS =
      Set.of("fields", "interfaces", "possibleTypes", "inputFields");

  private final QueryDocument document;
  private final Work work;
  private final Set<String> names = new HashSet<>();

  OperationRules(QueryDocument document, Work work) {
    this.document = document;
    this.work = work;
  }

  @Override
  public void operation(Operation o, @Nullable Definition root) {
    if (root == null) {
      throw new GraphQlException(
          o.at(), "Schema does not support operation type \"" + o.kind() + "\"");
    }
    if (o.name().isEmpty() && document.operations().size() > 1) {
      throw new GraphQlException(
          o.at(), "This anonymous operation must be the only defined operation");
    }
    if (o.kind().equals("subscription")) {
      single(o);
    }
    if (!names.add(o.name())) {
      throw new GraphQlException(
          o.at(), "There can be only one operation named \"" + o.name() + "\"");
    }
  }

  private void single(Operation o) {
    String name =
        o.name().isEmpty() ? "Anonymous Subscription" : "Subscription \"" + o.name() + "\"";
    Map<String, Place> fields = new LinkedHashMap<>();
    top(o.selections(), fields, new HashSet<>());
    if (fields.size() > 1) {
      throw new GraphQlException(
          List.copyOf(fields.values()).get(1), name + " must select only one top level field");
    }
    fields.forEach(
        (field, at) -> {
          if (field.startsWith("__")) {
            throw new GraphQlException(
                at, name + " must not select an introspection top level field");
          }
        });
  }

  private void top(List<Selection> all, Map<String, Place> fields, Set<String> entered) {
    for (Selection s : all) {
      switch (s) {
        case Field f -> fields.putIfAbsent(f.name(), f.at());
        case Inline f -> top(f.selections(), fields, entered);
        case Spread f -> {
          Fragment fragment = document.fragment(f.name());
          if (fragment != null && entered.add(f.name())) {
            top(fragment.selections(), fields, entered);
          }
        }
      }
    }
  }

  @Override
  public void field(Field f, @Nullable FieldDefinition d, @Nullable Definition parent) {
    if (f.name().equals("__schema") || f.name().equals("__type")) {
      lists(f.selections(), 0, new HashSet<>(), f.at());
    }
  }

  private void lists(List<Selection> all, int depth, Set<String> entered, Place at) {
    for (Selection s : all) {
      work.count();
      switch (s) {
        case Field f -> {
          int below = depth + (LISTS.contains(f.name()) ? 1 : 0);
          if (below >= MAX_LISTS) {
            throw new GraphQlException(at, "Maximum introspection depth exceeded");
          }
          lists(f.selections(), below, entered, at);
        }
        case Inline f -> lists(f.selections(), depth, entered, at);
        case Spread f -> {
          Fragment fragment = document.fragment(f.name());
          if (fragment != null && entered.add(f.name())) {
            lists(fragment.selections(), depth, entered, at);
            entered.remove(f.name());
          }
        }
      }
    }
  }
}
