// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cofferdam.core.rego.graphql.Ast.ArgumentDefinition;
import org.cofferdam.core.rego.graphql.Ast.Definition;
import org.cofferdam.core.rego.graphql.Ast.DirectiveDefinition;
import org.cofferdam.core.rego.graphql.Ast.FieldDefinition;
import org.cofferdam.core.rego.graphql.Ast.Place;
import org.cofferdam.core.rego.graphql.Ast.SchemaDefinition;
import org.cofferdam.core.rego.graphql.Ast.SchemaDocument;
import org.jspecify.annotations.Nullable;

/** The types and directives that a document and the prelude define, with extensions applied. */
final class Schema {
  /** Directives of the specification, which a document may define again. */
  private static final Set<String> SPECIFIED =
      Set.of("include", "skip", "deprecated", "specifiedBy", "defer", "oneOf");

  private static final SchemaDocument PRELUDE = SchemaParser.parse(Prelude.TEXT, true);

  final Map<String, Definition> types = new TreeMap<>();
  final Map<String, DirectiveDefinition> directives = new TreeMap<>();
  private final Map<String, Set<String>> possible = new HashMap<>();
  private final Map<String, String> roots = new HashMap<>();

  private Schema() {}

  /**
   * Puts a schema together and checks it.
   *
   * @throws GraphQlException where it is none
   */
  static Schema of(SchemaDocument document) {
    Schema s = new Schema();
    s.define(PRELUDE);
    s.define(document);
    document.extensions().forEach(s::extend);
    s.types.values().forEach(s::relate);
    SchemaRules rules = new SchemaRules(s);
    if (document.schemas().size() > 1) {
      throw new GraphQlException(
          document.schemas().get(1).at(),
          "Cannot have multiple schema entry points, consider schema extensions instead");
    }
    document.schemas().forEach(d -> s.enter(d, rules));
    document.schemaExtensions().forEach(d -> s.enter(d, rules));
    rules.check();
    if (document.schemas().isEmpty()) {
      for (String[] r :
          new String[][] {
            {"query", "Query"}, {"mutation", "Mutation"}, {"subscription", "Subscription"}
          }) {
        if (s.types.containsKey(r[1])) {
          s.roots.putIfAbsent(r[0], r[1]);
        }
      }
    }
    s.introspection();
    return s;
  }

  private void define(SchemaDocument document) {
    for (Definition d : document.definitions()) {
      if (types.putIfAbsent(d.name(), d) != null) {
        throw new GraphQlException(d.at(), "Cannot redeclare type " + d.name());
      }
    }
    for (DirectiveDefinition d : document.directives()) {
      if (directives.containsKey(d.name()) && !SPECIFIED.contains(d.name())) {
        throw new GraphQlException(d.at(), "Cannot redeclare directive " + d.name());
      }
      directives.put(d.name(), d);
    }
  }

  private void extend(Definition e) {
    Definition d = types.get(e.name());
    if (d == null) {
      types.put(e.name(), e);
      return;
    }
    if (!d.kind().equals(e.kind())) {
      throw new GraphQlException(
          e.at(),
          "Cannot extend type "
              + e.name()
              + " because the base type is a "
              + d.kind()
              + ", not "
              + e.kind());
    }
    types.put(
        e.name(),
        new Definition(
            d.kind(),
            d.description(),
            d.name(),
            both(d.directives(), e.directives()),
            both(d.interfaces(), e.interfaces()),
            both(d.fields(), e.fields()),
            both(d.types(), e.types()),
            both(d.enumValues(), e.enumValues()),
            d.builtIn(),
            d.at()));
  }

  private static <T> List<T> both(List<T> a, List<T> b) {
    List<T> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private void relate(Definition d) {
    if (d.kind().equals("UNION")) {
      d.types().forEach(t -> addPossible(d.name(), t));
      return;
    }
    d.interfaces().forEach(i -> addPossible(i, d.name()));
    if (d.kind().equals("OBJECT") || d.kind().equals("INPUT_OBJECT")) {
      addPossible(d.name(), d.name());
    }
  }

  private void addPossible(String abstractType, String type) {
    possible.computeIfAbsent(abstractType, t -> new LinkedHashSet<>()).add(type);
  }

  private void enter(SchemaDefinition s, SchemaRules rules) {
    for (Ast.Root r : s.roots()) {
      if (!types.containsKey(r.type())) {
        throw new GraphQlException(
            r.at(),
            "Schema root "
                + r.operation()
                + " refers to a type "
                + r.type()
                + " that does not exist");
      }
      roots.put(r.operation(), r.type());
    }
    rules.directives(s.directives(), "SCHEMA", null, true);
  }

  /** The query's root has {@code __schema} and {@code __type} besides its own fields. */
  private void introspection() {
    Definition query = root("query");
    if (query == null) {
      return;
    }
    ArgumentDefinition name =
        new ArgumentDefinition(
            "", "name", null, new Ast.Type("String", null, true), List.of(), Place.NONE);
    List<FieldDefinition> more =
        List.of(
            new FieldDefinition(
                "",
                "__schema",
                List.of(),
                null,
                new Ast.Type("__Schema", null, true),
                List.of(),
                Place.NONE),
            new FieldDefinition(
                "",
                "__type",
                List.of(name),
                null,
                new Ast.Type("__Type", null, false),
                List.of(),
                Place.NONE));
    types.put(
        query.name(),
        new Definition(
            query.kind(),
            query.description(),
            query.name(),
            query.directives(),
            query.interfaces(),
            both(query.fields(), more),
            query.types(),
            query.enumValues(),
            query.builtIn(),
            query.at()));
  }

  @Nullable Definition type(Ast.Type t) {
    return types.get(t.base());
  }

  /** Where queries, mutations or subscriptions begin, or null. */
  @Nullable Definition root(String operation) {
    String name = roots.get(operation);
    return name == null ? null : types.get(name);
  }

  /** Names of the types that a value of {@code type} can have in the end. */
  Set<String> possible(String type) {
    return possible.getOrDefault(type, Set.of());
  }

  /** True where a value of {@code actual} is one of {@code required}. */
  boolean covariant(Ast.Type required, Ast.Type actual) {
    if (required.nonNull() && !actual.nonNull()) {
      return false;
    }
    if (required.elem() == null) {
      return actual.elem() == null
          && (required.name().equals(actual.name())
              || possible(required.name()).contains(actual.name()));
    }
    return actual.elem() != null && covariant(required.elem(), actual.elem());
  }

  /** The first name that comes twice, or null. */
  static @Nullable String twice(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String n : names) {
      if (!seen.add(n)) {
        return n;
      }
    }
    return null;
  }
}
