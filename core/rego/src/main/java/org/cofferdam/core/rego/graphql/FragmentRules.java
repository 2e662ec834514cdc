// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.rego.graphql.Ast.Definition;
import org.cofferdam.core.rego.graphql.Ast.Field;
import org.cofferdam.core.rego.graphql.Ast.Fragment;
import org.cofferdam.core.rego.graphql.Ast.Inline;
import org.cofferdam.core.rego.graphql.Ast.Place;
import org.cofferdam.core.rego.graphql.Ast.QueryDocument;
import org.cofferdam.core.rego.graphql.Ast.Selection;
import org.cofferdam.core.rego.graphql.Ast.Spread;
import org.jspecify.annotations.Nullable;

/** Rules for fragments (GraphQL 5.5). */
final class FragmentRules implements Visitor {
  private final Schema schema;
  private final QueryDocument document;
  private final Set<String> used = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> checked = new HashSet<>();
  private boolean inFragments;

  FragmentRules(Schema schema, QueryDocument document) {
    this.schema = schema;
    this.document = document;
  }

  @Override
  public void spread(Spread s, @Nullable Fragment f, @Nullable Definition parent) {
    if (f == null) {
      throw new GraphQlException(s.at(), "Unknown fragment \"" + s.name() + "\"");
    }
    if (!inFragments) {
      used.add(s.name());
    }
    possible(s.at(), "Fragment \"" + s.name() + "\"", f.condition(), parent);
  }

  @Override
  public void inline(Inline f, @Nullable Definition parent) {
    if (f.condition().isEmpty()) {
      return;
    }
    Definition d = schema.types.get(f.condition());
    if (d == null) {
      throw new GraphQlException(f.at(), "Unknown type \"" + f.condition() + "\"");
    }
    if (!d.composite()) {
      throw new GraphQlException(
          f.at(), "Fragment cannot condition on non composite type \"" + f.condition() + "\"");
    }
    possible(f.at(), "Fragment", f.condition(), parent);
  }

  @Override
  public void fragment(Fragment f, @Nullable Definition d) {
    inFragments = true;
    if (d == null) {
      throw new GraphQlException(f.at(), "Unknown type \"" + f.condition() + "\"");
    }
    if (!d.composite()) {
      throw new GraphQlException(
          f.at(),
          "Fragment \""
              + f.name()
              + "\" cannot condition on non composite type \""
              + f.condition()
              + "\"");
    }
    acyclic(f, new ArrayList<>());
    if (!used.contains(f.name())) {
      throw new GraphQlException(f.at(), "Fragment \"" + f.name() + "\" is never used");
    }
    if (!seen.add(f.name())) {
      throw new GraphQlException(
          f.at(), "There can be only one fragment named \"" + f.name() + "\"");
    }
  }

  /** Refuses a fragment on a type that the place's objects never have. */
  private void possible(Place at, String what, String condition, @Nullable Definition parent) {
    Definition d = schema.types.get(condition);
    if (parent == null || !parent.composite() || d == null || !d.composite()) {
      return;
    }
    Set<String> here =
        parent.kind().equals("OBJECT") ? Set.of(parent.name()) : schema.possible(parent.name());
    if (schema.possible(condition).stream().noneMatch(here::contains)) {
      throw new GraphQlException(
          at,
          what
              + " cannot be spread here as objects of type \""
              + parent.name()
              + "\" can never be of type \""
              + condition
              + "\"");
    }
  }

  private void acyclic(Fragment f, List<String> path) {
    if (!checked.add(f.name())) {
      return;
    }
    if (path.size() > 500) {
      throw new GraphQlException(f.at(), "nested too deep");
    }
    path.add(f.name());
    for (Spread s : spreads(f.selections(), new ArrayList<>())) {
      if (path.contains(s.name())) {
        throw new GraphQlException(
            s.at(), "Cannot spread fragment \"" + s.name() + "\" within itself");
      }
      Fragment next = document.fragment(s.name());
      if (next != null) {
        acyclic(next, path);
      }
    }
    path.removeLast();
  }

  private static List<Spread> spreads(List<Selection> selections, List<Spread> out) {
    for (Selection s : selections) {
      switch (s) {
        case Field f -> spreads(f.selections(), out);
        case Inline f -> spreads(f.selections(), out);
        case Spread f -> out.add(f);
      }
    }
    return out;
  }
}
