// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.graphql.Ast.Child;
import org.cofferdam.core.rego.graphql.Ast.Definition;
import org.cofferdam.core.rego.graphql.Ast.Field;
import org.cofferdam.core.rego.graphql.Ast.FieldDefinition;
import org.cofferdam.core.rego.graphql.Ast.Fragment;
import org.cofferdam.core.rego.graphql.Ast.Inline;
import org.cofferdam.core.rego.graphql.Ast.Kind;
import org.cofferdam.core.rego.graphql.Ast.Literal;
import org.cofferdam.core.rego.graphql.Ast.QueryDocument;
import org.cofferdam.core.rego.graphql.Ast.Selection;
import org.cofferdam.core.rego.graphql.Ast.Spread;
import org.jspecify.annotations.Nullable;

/**
 * Fields of one response name must be able to be merged (GraphQL 5.3.2): each selection set is
 * expanded, fragments included, and its fields of one name are compared by pairs.
 */
final class MergeRule implements Visitor {
  private final Schema schema;
  private final QueryDocument document;
  private final Work work;
  private final IdentityHashMap<Field, Known> fields = new IdentityHashMap<>();
  private final Set<Pair> compared = new HashSet<>();

  /** What the schema says about a field of the query. */
  private record Known(@Nullable FieldDefinition definition, Definition parent) {}

  /** Two fields that were compared, by identity. */
  private record Pair(int a, int b, boolean exclusive) {}

  MergeRule(Schema schema, QueryDocument document, Work work) {
    this.schema = schema;
    this.document = document;
    this.work = work;
  }

  private final IdentityHashMap<Field, Integer> numbers = new IdentityHashMap<>();

  @Override
  public void field(Field f, @Nullable FieldDefinition d, @Nullable Definition parent) {
    if (parent != null) {
      fields.putIfAbsent(f, new Known(d, parent));
      numbers.putIfAbsent(f, numbers.size());
    }
  }

  /** Compares, once the walk has been over all fields. */
  void check() {
    document.operations().forEach(o -> within(o.selections()));
    document.fragments().forEach(f -> within(f.selections()));
  }

  private void within(List<Selection> set) {
    for (List<Field> same : expand(set).values()) {
      for (int i = 0; i < same.size(); i++) {
        for (int k = i + 1; k < same.size(); k++) {
          pair(same.get(i), same.get(k), false);
        }
      }
    }
    for (Selection s : set) {
      switch (s) {
        case Field f -> within(f.selections());
        case Inline f -> within(f.selections());
        case Spread _ -> {}
      }
    }
  }

  private Map<String, List<Field>> expand(List<Selection> set) {
    Map<String, List<Field>> out = new LinkedHashMap<>();
    expand(set, out, new HashSet<>());
    return out;
  }

  private void expand(List<Selection> set, Map<String, List<Field>> out, Set<String> entered) {
    for (Selection s : set) {
      work.count();
      switch (s) {
        case Field f ->
            out.computeIfAbsent(f.alias().isEmpty() ? f.name() : f.alias(), n -> new ArrayList<>())
                .add(f);
        case Inline f -> expand(f.selections(), out, entered);
        case Spread f -> {
          Fragment fragment = document.fragment(f.name());
          if (fragment != null && entered.add(f.name())) {
            expand(fragment.selections(), out, entered);
          }
        }
      }
    }
  }

  private void pair(Field a, Field b, boolean parentsExclude) {
    work.count();
    Known x = fields.get(a);
    Known y = fields.get(b);
    int i = numbers.getOrDefault(a, -1);
    int k = numbers.getOrDefault(b, -1);
    if (i == k || x == null || y == null) {
      return;
    }
    boolean exclusive =
        parentsExclude
            || (!x.parent.name().equals(y.parent.name())
                && x.parent.kind().equals("OBJECT")
                && y.parent.kind().equals("OBJECT")
                && x.definition != null
                && y.definition != null);
    if (!compared.add(new Pair(Math.min(i, k), Math.max(i, k), exclusive))) {
      return;
    }
    if (!exclusive && !a.name().equals(b.name())) {
      throw conflict(b, "\"" + a.name() + "\" and \"" + b.name() + "\" are different fields");
    }
    if (!exclusive && !sameArguments(a.arguments(), b.arguments())) {
      throw conflict(b, "they have differing arguments");
    }
    if (x.definition != null
        && y.definition != null
        && conflict(x.definition.type(), y.definition.type())) {
      throw conflict(
          b,
          "they return conflicting types \""
              + x.definition.type()
              + "\" and \""
              + y.definition.type()
              + "\"");
    }
    Map<String, List<Field>> below = expand(b.selections());
    expand(a.selections())
        .forEach(
            (name, of) ->
                of.forEach(
                    f -> below.getOrDefault(name, List.of()).forEach(g -> pair(f, g, exclusive))));
  }

  private static GraphQlException conflict(Field b, String why) {
    return new GraphQlException(
        b.at(),
        "Fields \""
            + (b.alias().isEmpty() ? b.name() : b.alias())
            + "\" conflict because "
            + why
            + ". Use different aliases on the fields to fetch both if this was intentional");
  }

  private static boolean sameArguments(List<Ast.Argument> a, List<Ast.Argument> b) {
    return a.size() == b.size()
        && a.stream()
            .allMatch(
                x ->
                    b.stream()
                        .anyMatch(y -> x.name().equals(y.name()) && same(x.value(), y.value())));
  }

  private static boolean same(Literal a, Literal b) {
    if (a.kind() != b.kind()
        || !a.raw().equals(b.raw())
        || a.children().size() != b.children().size()) {
      return false;
    }
    List<Child> x = inOrder(a);
    List<Child> y = inOrder(b);
    for (int i = 0; i < x.size(); i++) {
      if (!x.get(i).name().equals(y.get(i).name()) || !same(x.get(i).value(), y.get(i).value())) {
        return false;
      }
    }
    return true;
  }

  private static List<Child> inOrder(Literal l) {
    return l.kind() == Kind.OBJECT
        ? l.children().stream().sorted(Comparator.comparing(Child::name)).toList()
        : l.children();
  }

  private boolean conflict(Ast.Type a, Ast.Type b) {
    if (a.elem() != null || b.elem() != null) {
      return a.elem() == null || b.elem() == null || conflict(a.elem(), b.elem());
    }
    Definition x = schema.types.get(a.name());
    Definition y = schema.types.get(b.name());
    return a.nonNull() != b.nonNull()
        || (x != null && y != null && x.leaf() && y.leaf() && !x.name().equals(y.name()));
  }
}
