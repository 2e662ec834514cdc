// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Syntax trees. Where a tree is handed to a policy as a document, its members have the names that
 * {@link AstWriter} gives them.
 */
final class Ast {
  private Ast() {}

  /** Line and column from 1; both 0 in a tree that was no text. */
  record Place(int line, int column) {
    static final Place NONE = new Place(0, 0);
  }

  /** A type: named, or a list of {@code elem}. */
  record Type(String name, @Nullable Type elem, boolean nonNull) {
    /** The named type inside all lists. */
    String base() {
      return elem == null ? name : elem.base();
    }

    Type nullable() {
      return new Type(name, elem, false);
    }

    /** True where a value of this type can stand where {@code other} is expected. */
    boolean fits(Type other) {
      if (!name.equals(other.name) || (elem != null && other.elem == null)) {
        return false;
      }
      return (elem == null || other.elem == null || elem.fits(other.elem))
          && (nonNull || !other.nonNull);
    }

    @Override
    public String toString() {
      return (elem == null ? name : "[" + elem + "]") + (nonNull ? "!" : "");
    }
  }

  /** Kinds of literals, with their numbers in documents. */
  enum Kind {
    VARIABLE(0),
    INT(1),
    FLOAT(2),
    STRING(3),
    BLOCK(4),
    BOOLEAN(5),
    NULL(6),
    ENUM(7),
    LIST(8),
    OBJECT(9);

    final int number;

    Kind(int number) {
      this.number = number;
    }

    /** The kind with this number, or null. */
    static @Nullable Kind of(long number) {
      for (Kind k : values()) {
        if (k.number == number) {
          return k;
        }
      }
      return null;
    }
  }

  /** A value as it is written; {@code raw} without {@code $} and quotes. */
  record Literal(Kind kind, String raw, List<Child> children, Place at) {
    @Override
    public String toString() {
      return switch (kind) {
        case VARIABLE -> "$" + raw;
        case STRING, BLOCK -> "\"" + raw + "\"";
        case LIST ->
            "[" + String.join(",", children.stream().map(c -> c.value.toString()).toList()) + "]";
        case OBJECT ->
            "{"
                + String.join(",", children.stream().map(c -> c.name + ":" + c.value).toList())
                + "}";
        default -> raw;
      };
    }
  }

  /** An element of a list (without a name) or a member of an object. */
  record Child(String name, Literal value, Place at) {}

  /** {@code name: value}. */
  record Argument(String name, Literal value, Place at) {}

  /** {@code @name(arguments)}. */
  record Directive(String name, List<Argument> arguments, Place at) {}

  /** A member of a selection set. */
  sealed interface Selection {}

  /** {@code alias: name(arguments) @directives { selections }}. */
  record Field(
      String alias,
      String name,
      List<Argument> arguments,
      List<Directive> directives,
      List<Selection> selections,
      Place at)
      implements Selection {}

  /** {@code ...name @directives}. */
  record Spread(String name, List<Directive> directives, Place at) implements Selection {}

  /** {@code ... on condition @directives { selections }}; an empty condition is none. */
  record Inline(String condition, List<Directive> directives, List<Selection> selections, Place at)
      implements Selection {}

  /** A variable's definition. */
  record Variable(
      String name,
      Type type,
      @Nullable Literal defaultValue,
      List<Directive> directives,
      Place at) {}

  /** A query, mutation or subscription, as {@code kind} says. */
  record Operation(
      String kind,
      String name,
      List<Variable> variables,
      List<Directive> directives,
      List<Selection> selections,
      Place at) {}

  /** A named fragment. */
  record Fragment(
      String name,
      List<Variable> variables,
      String condition,
      List<Directive> directives,
      List<Selection> selections,
      Place at) {}

  /** What a client sends. */
  record QueryDocument(List<Operation> operations, List<Fragment> fragments) {
    @Nullable Fragment fragment(String name) {
      for (Fragment f : fragments) {
        if (f.name.equals(name)) {
          return f;
        }
      }
      return null;
    }
  }

  /** An argument of a field or directive in a schema. */
  record ArgumentDefinition(
      String description,
      String name,
      @Nullable Literal defaultValue,
      Type type,
      List<Directive> directives,
      Place at) {}

  /** A field of an object, interface or input object; only the last has default values. */
  record FieldDefinition(
      String description,
      String name,
      List<ArgumentDefinition> arguments,
      @Nullable Literal defaultValue,
      Type type,
      List<Directive> directives,
      Place at) {}

  /** A value of an enum. */
  record EnumValue(String description, String name, List<Directive> directives, Place at) {}

  /**
   * A type's definition or extension.
   *
   * @param kind SCALAR, OBJECT, INTERFACE, UNION, ENUM or INPUT_OBJECT
   */
  record Definition(
      String kind,
      String description,
      String name,
      List<Directive> directives,
      List<String> interfaces,
      List<FieldDefinition> fields,
      List<String> types,
      List<EnumValue> enumValues,
      boolean builtIn,
      Place at) {
    @Nullable FieldDefinition field(String wanted) {
      for (FieldDefinition f : fields) {
        if (f.name.equals(wanted)) {
          return f;
        }
      }
      return null;
    }

    boolean leaf() {
      return kind.equals("ENUM") || kind.equals("SCALAR");
    }

    boolean input() {
      return leaf() || kind.equals("INPUT_OBJECT");
    }

    boolean composite() {
      return kind.equals("OBJECT") || kind.equals("INTERFACE") || kind.equals("UNION");
    }
  }

  /** {@code directive @name(arguments) repeatable on locations}. */
  record DirectiveDefinition(
      String description,
      String name,
      List<ArgumentDefinition> arguments,
      List<String> locations,
      boolean repeatable,
      Place at) {}

  /** {@code query: Type}. */
  record Root(String operation, String type, Place at) {}

  /** {@code schema { … }} or its extension. */
  record SchemaDefinition(
      String description, List<Directive> directives, List<Root> roots, Place at) {}

  /** What a server offers. */
  record SchemaDocument(
      List<SchemaDefinition> schemas,
      List<SchemaDefinition> schemaExtensions,
      List<DirectiveDefinition> directives,
      List<Definition> definitions,
      List<Definition> extensions) {}

  static @Nullable ArgumentDefinition argument(List<ArgumentDefinition> all, String name) {
    for (ArgumentDefinition a : all) {
      if (a.name.equals(name)) {
        return a;
      }
    }
    return null;
  }
}
