// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cofferdam.core.rego.graphql.Ast.Place;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Reads the documents that {@link AstWriter} writes; members that are absent are empty. */
final class AstReader {
  private static final int MAX_DEPTH = 200;

  private int depth;

  private AstReader() {}

  static Ast.QueryDocument query(Value v) {
    AstReader r = new AstReader();
    RegoObject o = r.object(v);
    return new Ast.QueryDocument(
        r.list(o, "Operations", r::operation), r.list(o, "Fragments", r::fragment));
  }

  static Ast.SchemaDocument schema(Value v) {
    AstReader r = new AstReader();
    RegoObject o = r.object(v);
    return new Ast.SchemaDocument(
        r.list(o, "Schema", r::schemaDefinition),
        r.list(o, "SchemaExtension", r::schemaDefinition),
        r.list(o, "Directives", r::directiveDefinition),
        r.list(o, "Definitions", r::definition),
        r.list(o, "Extensions", r::definition));
  }

  private static GraphQlException wrong(String name, Value v, String type) {
    return new GraphQlException(
        Place.NONE, "member " + name + " is " + v.typeName() + ", not " + type);
  }

  private RegoObject object(Value v) {
    if (v instanceof RegoObject o) {
      return o;
    }
    throw wrong("of a syntax tree", v, "object");
  }

  private static @Nullable Value member(RegoObject o, String name) {
    Value v = o.get(name);
    return v instanceof RegoNull ? null : v;
  }

  private <T> List<T> list(RegoObject o, String name, Function<RegoObject, T> read) {
    return values(o, name, v -> read.apply(object(v)));
  }

  private static List<String> strings(RegoObject o, String name, AstReader r) {
    return r.values(
        o,
        name,
        v -> {
          if (v instanceof RegoString s) {
            return s.value();
          }
          throw wrong(name, v, "array of strings");
        });
  }

  private <T> List<T> values(RegoObject o, String name, Function<Value, T> read) {
    Value v = member(o, name);
    if (v == null) {
      return List.of();
    }
    if (!(v instanceof RegoArray a)) {
      throw wrong(name, v, "array");
    }
    if (++depth > MAX_DEPTH) {
      throw new GraphQlException(Place.NONE, "nested too deep");
    }
    List<T> out = new ArrayList<>();
    a.items().forEach(x -> out.add(read.apply(x)));
    depth--;
    return out;
  }

  private static String text(RegoObject o, String name) {
    Value v = member(o, name);
    if (v == null) {
      return "";
    }
    if (v instanceof RegoString s) {
      return s.value();
    }
    throw wrong(name, v, "string");
  }

  private static boolean flag(RegoObject o, String name) {
    Value v = member(o, name);
    if (v == null) {
      return false;
    }
    if (v instanceof RegoBoolean b) {
      return b.value();
    }
    throw wrong(name, v, "boolean");
  }

  private List<Ast.Directive> directives(RegoObject o) {
    return list(
        o,
        "Directives",
        d -> new Ast.Directive(text(d, "Name"), list(d, "Arguments", this::argument), Place.NONE));
  }

  private Ast.Argument argument(RegoObject o) {
    return new Ast.Argument(text(o, "Name"), needed(o), Place.NONE);
  }

  private Ast.Literal needed(RegoObject o) {
    Ast.Literal l = literal(o, "Value");
    if (l == null) {
      throw new GraphQlException(Place.NONE, "member Value is missing");
    }
    return l;
  }

  private Ast.@Nullable Literal literal(RegoObject o, String name) {
    Value v = member(o, name);
    if (v == null) {
      return null;
    }
    RegoObject l = object(v);
    return new Ast.Literal(
        kind(member(l, "Kind")),
        text(l, "Raw"),
        list(l, "Children", c -> new Ast.Child(text(c, "Name"), needed(c), Place.NONE)),
        Place.NONE);
  }

  private static Ast.Kind kind(@Nullable Value v) {
    if (v == null) {
      return Ast.Kind.VARIABLE;
    }
    Ast.Kind kind = v instanceof RegoNumber n && n.isLong() ? Ast.Kind.of(n.longValue()) : null;
    if (kind == null) {
      throw wrong("Kind", v, "the number of a kind");
    }
    return kind;
  }

  private Ast.Type type(RegoObject o, String name) {
    Value v = member(o, name);
    if (v == null) {
      throw new GraphQlException(Place.NONE, "member " + name + " is missing");
    }
    if (++depth > MAX_DEPTH) {
      throw new GraphQlException(Place.NONE, "nested too deep");
    }
    RegoObject t = object(v);
    Ast.Type elem = member(t, "Elem") == null ? null : type(t, "Elem");
    depth--;
    return new Ast.Type(text(t, "NamedType"), elem, flag(t, "NonNull"));
  }

  private Ast.Operation operation(RegoObject o) {
    String kind = text(o, "Operation");
    return new Ast.Operation(
        kind.isEmpty() ? "query" : kind,
        text(o, "Name"),
        list(o, "VariableDefinitions", this::variable),
        directives(o),
        list(o, "SelectionSet", this::selection),
        Place.NONE);
  }

  private Ast.Fragment fragment(RegoObject o) {
    return new Ast.Fragment(
        text(o, "Name"),
        list(o, "VariableDefinition", this::variable),
        text(o, "TypeCondition"),
        directives(o),
        list(o, "SelectionSet", this::selection),
        Place.NONE);
  }

  private Ast.Variable variable(RegoObject o) {
    return new Ast.Variable(
        text(o, "Variable"),
        type(o, "Type"),
        literal(o, "DefaultValue"),
        directives(o),
        Place.NONE);
  }

  /** A field has an alias always, an inline fragment a type condition, a spread neither. */
  private Ast.Selection selection(RegoObject o) {
    if (member(o, "Alias") != null || member(o, "Arguments") != null) {
      return new Ast.Field(
          text(o, "Alias"),
          text(o, "Name"),
          list(o, "Arguments", this::argument),
          directives(o),
          list(o, "SelectionSet", this::selection),
          Place.NONE);
    }
    if (member(o, "Name") != null && member(o, "TypeCondition") == null) {
      return new Ast.Spread(text(o, "Name"), directives(o), Place.NONE);
    }
    return new Ast.Inline(
        text(o, "TypeCondition"),
        directives(o),
        list(o, "SelectionSet", this::selection),
        Place.NONE);
  }

  private Ast.SchemaDefinition schemaDefinition(RegoObject o) {
    return new Ast.SchemaDefinition(
        text(o, "Description"),
        directives(o),
        list(
            o,
            "OperationTypes",
            r -> new Ast.Root(text(r, "Operation"), text(r, "Type"), Place.NONE)),
        Place.NONE);
  }

  private Ast.DirectiveDefinition directiveDefinition(RegoObject o) {
    return new Ast.DirectiveDefinition(
        text(o, "Description"),
        text(o, "Name"),
        list(o, "Arguments", this::argumentDefinition),
        strings(o, "Locations", this),
        flag(o, "IsRepeatable"),
        Place.NONE);
  }

  private Ast.Definition definition(RegoObject o) {
    return new Ast.Definition(
        text(o, "Kind"),
        text(o, "Description"),
        text(o, "Name"),
        directives(o),
        strings(o, "Interfaces", this),
        list(o, "Fields", this::field),
        strings(o, "Types", this),
        list(o, "EnumValues", this::enumValue),
        flag(o, "BuiltIn"),
        Place.NONE);
  }

  private Ast.FieldDefinition field(RegoObject o) {
    return new Ast.FieldDefinition(
        text(o, "Description"),
        text(o, "Name"),
        list(o, "Arguments", this::argumentDefinition),
        literal(o, "DefaultValue"),
        type(o, "Type"),
        directives(o),
        Place.NONE);
  }

  private Ast.ArgumentDefinition argumentDefinition(RegoObject o) {
    return new Ast.ArgumentDefinition(
        text(o, "Description"),
        text(o, "Name"),
        literal(o, "DefaultValue"),
        type(o, "Type"),
        directives(o),
        Place.NONE);
  }

  private Ast.EnumValue enumValue(RegoObject o) {
    return new Ast.EnumValue(text(o, "Description"), text(o, "Name"), directives(o), Place.NONE);
  }
}
