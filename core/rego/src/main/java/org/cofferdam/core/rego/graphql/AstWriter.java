// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Syntax trees as documents, in the form that OPA gives them: no places, and nothing that is empty
 * but strings.
 */
final class AstWriter {
  private final Map<Value, Value> members = new HashMap<>();

  private AstWriter() {}

  private AstWriter text(String name, String value) {
    members.put(RegoString.of(name), RegoString.of(value));
    return this;
  }

  private AstWriter flag(String name, boolean value) {
    members.put(RegoString.of(name), RegoBoolean.of(value));
    return this;
  }

  private AstWriter value(String name, @Nullable Value value) {
    if (value != null && (!value.isCollection() || value.size() > 0)) {
      members.put(RegoString.of(name), value);
    }
    return this;
  }

  private <T> AstWriter list(String name, List<T> items, Function<T, Value> write) {
    List<Value> out = new ArrayList<>();
    items.forEach(i -> out.add(write.apply(i)));
    return value(name, RegoArray.of(out));
  }

  private Value done() {
    return RegoObject.of(members);
  }

  static Value query(Ast.QueryDocument d) {
    return new AstWriter()
        .list("Operations", d.operations(), AstWriter::operation)
        .list("Fragments", d.fragments(), AstWriter::fragment)
        .done();
  }

  static Value schema(Ast.SchemaDocument d) {
    return new AstWriter()
        .list("Schema", d.schemas(), AstWriter::schemaDefinition)
        .list("SchemaExtension", d.schemaExtensions(), AstWriter::schemaDefinition)
        .list("Directives", d.directives(), AstWriter::directiveDefinition)
        .list("Definitions", d.definitions(), AstWriter::definition)
        .list("Extensions", d.extensions(), AstWriter::definition)
        .done();
  }

  private static Value operation(Ast.Operation o) {
    return new AstWriter()
        .text("Operation", o.kind())
        .text("Name", o.name())
        .list("VariableDefinitions", o.variables(), AstWriter::variable)
        .list("Directives", o.directives(), AstWriter::directive)
        .list("SelectionSet", o.selections(), AstWriter::selection)
        .done();
  }

  private static Value fragment(Ast.Fragment f) {
    return new AstWriter()
        .text("Name", f.name())
        .list("VariableDefinition", f.variables(), AstWriter::variable)
        .text("TypeCondition", f.condition())
        .list("Directives", f.directives(), AstWriter::directive)
        .list("SelectionSet", f.selections(), AstWriter::selection)
        .done();
  }

  private static Value variable(Ast.Variable v) {
    return new AstWriter()
        .text("Variable", v.name())
        .value("Type", type(v.type()))
        .value("DefaultValue", literal(v.defaultValue()))
        .list("Directives", v.directives(), AstWriter::directive)
        .flag("Used", false)
        .done();
  }

  private static Value selection(Ast.Selection s) {
    return switch (s) {
      case Ast.Field f ->
          new AstWriter()
              .text("Alias", f.alias())
              .text("Name", f.name())
              .list("Arguments", f.arguments(), AstWriter::argument)
              .list("Directives", f.directives(), AstWriter::directive)
              .list("SelectionSet", f.selections(), AstWriter::selection)
              .done();
      case Ast.Spread f ->
          new AstWriter()
              .text("Name", f.name())
              .list("Directives", f.directives(), AstWriter::directive)
              .done();
      case Ast.Inline f ->
          new AstWriter()
              .text("TypeCondition", f.condition())
              .list("Directives", f.directives(), AstWriter::directive)
              .list("SelectionSet", f.selections(), AstWriter::selection)
              .done();
    };
  }

  private static Value argument(Ast.Argument a) {
    return new AstWriter().text("Name", a.name()).value("Value", literal(a.value())).done();
  }

  private static Value directive(Ast.Directive d) {
    return new AstWriter()
        .text("Name", d.name())
        .text("Location", "")
        .list("Arguments", d.arguments(), AstWriter::argument)
        .done();
  }

  private static Value type(Ast.Type t) {
    return new AstWriter()
        .text("NamedType", t.name())
        .value("Elem", t.elem() == null ? null : type(t.elem()))
        .flag("NonNull", t.nonNull())
        .done();
  }

  private static @Nullable Value literal(Ast.@Nullable Literal l) {
    return l == null
        ? null
        : new AstWriter()
            .text("Raw", l.raw())
            .list("Children", l.children(), AstWriter::child)
            .value("Kind", RegoNumber.of(l.kind().number))
            .flag("ExpectedTypeHasDefault", false)
            .done();
  }

  private static Value child(Ast.Child c) {
    return new AstWriter().text("Name", c.name()).value("Value", literal(c.value())).done();
  }

  private static Value schemaDefinition(Ast.SchemaDefinition s) {
    return new AstWriter()
        .text("Description", s.description())
        .list("Directives", s.directives(), AstWriter::directive)
        .list(
            "OperationTypes",
            s.roots(),
            r -> new AstWriter().text("Operation", r.operation()).text("Type", r.type()).done())
        .done();
  }

  private static Value directiveDefinition(Ast.DirectiveDefinition d) {
    return new AstWriter()
        .text("Description", d.description())
        .text("Name", d.name())
        .list("Arguments", d.arguments(), AstWriter::argumentDefinition)
        .list("Locations", d.locations(), RegoString::of)
        .flag("IsRepeatable", d.repeatable())
        .done();
  }

  private static Value definition(Ast.Definition d) {
    return new AstWriter()
        .text("Kind", d.kind())
        .text("Description", d.description())
        .text("Name", d.name())
        .list("Directives", d.directives(), AstWriter::directive)
        .list("Interfaces", d.interfaces(), RegoString::of)
        .list("Fields", d.fields(), AstWriter::field)
        .list("Types", d.types(), RegoString::of)
        .list("EnumValues", d.enumValues(), AstWriter::enumValue)
        .flag("BuiltIn", d.builtIn())
        .done();
  }

  private static Value field(Ast.FieldDefinition f) {
    return new AstWriter()
        .text("Description", f.description())
        .text("Name", f.name())
        .list("Arguments", f.arguments(), AstWriter::argumentDefinition)
        .value("DefaultValue", literal(f.defaultValue()))
        .value("Type", type(f.type()))
        .list("Directives", f.directives(), AstWriter::directive)
        .done();
  }

  private static Value argumentDefinition(Ast.ArgumentDefinition a) {
    return new AstWriter()
        .text("Description", a.description())
        .text("Name", a.name())
        .value("DefaultValue", literal(a.defaultValue()))
        .value("Type", type(a.type()))
        .list("Directives", a.directives(), AstWriter::directive)
        .done();
  }

  private static Value enumValue(Ast.EnumValue v) {
    return new AstWriter()
        .text("Description", v.description())
        .text("Name", v.name())
        .list("Directives", v.directives(), AstWriter::directive)
        .done();
  }
}
