// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.HashSet;
import java.util.Set;
import org.cofferdam.core.rego.graphql.Ast.Definition;
import org.cofferdam.core.rego.graphql.Ast.Kind;
import org.cofferdam.core.rego.graphql.Ast.Operation;
import org.cofferdam.core.rego.graphql.Ast.Variable;
import org.jspecify.annotations.Nullable;

/** Rules for variables (GraphQL 5.8). */
final class VariableRules implements Visitor {
  private final Schema schema;
  private Set<String> used = new HashSet<>();

  VariableRules(Schema schema) {
    this.schema = schema;
  }

  @Override
  public void variable(Variable v, @Nullable Definition type) {
    if (type == null) {
      throw new GraphQlException(v.at(), "Unknown type \"" + v.type().base() + "\"");
    }
  }

  @Override
  public void value(Slot slot) {
    Variable v = slot.variable();
    Operation o = slot.operation();
    if (slot.value().kind() != Kind.VARIABLE || o == null) {
      return;
    }
    if (v == null) {
      throw new GraphQlException(
          slot.value().at(),
          "Variable \""
              + slot.value()
              + "\" is not defined"
              + (o.name().isEmpty() ? "" : " by operation \"" + o.name() + "\""));
    }
    used.add(v.name());
    Ast.Type expected = slot.expected();
    if (expected == null) {
      return;
    }
    boolean given = v.defaultValue() != null && v.defaultValue().kind() != Kind.NULL;
    Ast.Type needed = given || slot.hasDefault() ? expected.nullable() : expected;
    if (!v.type().fits(needed)) {
      throw new GraphQlException(
          slot.value().at(),
          "Variable \""
              + slot.value()
              + "\" of type \""
              + v.type()
              + "\" used in position expecting type \""
              + expected
              + "\"");
    }
  }

  @Override
  public void operation(Operation o, @Nullable Definition root) {
    Set<String> seen = new HashSet<>();
    for (Variable v : o.variables()) {
      if (!used.contains(v.name())) {
        throw new GraphQlException(
            v.at(),
            "Variable \"$"
                + v.name()
                + "\" is never used"
                + (o.name().isEmpty() ? "" : " in operation \"" + o.name() + "\""));
      }
      if (!seen.add(v.name())) {
        throw new GraphQlException(
            v.at(), "There can be only one variable named \"$" + v.name() + "\"");
      }
      Definition d = schema.type(v.type());
      if (d != null && !d.input()) {
        throw new GraphQlException(
            v.at(), "Variable \"$" + v.name() + "\" cannot be non-input type \"" + v.type() + "\"");
      }
    }
    used = new HashSet<>();
  }
}
