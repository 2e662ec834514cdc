// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.List;
import org.cofferdam.core.rego.graphql.Ast.Definition;
import org.cofferdam.core.rego.graphql.Ast.Directive;
import org.cofferdam.core.rego.graphql.Ast.DirectiveDefinition;
import org.cofferdam.core.rego.graphql.Ast.Field;
import org.cofferdam.core.rego.graphql.Ast.FieldDefinition;
import org.cofferdam.core.rego.graphql.Ast.Fragment;
import org.cofferdam.core.rego.graphql.Ast.Inline;
import org.cofferdam.core.rego.graphql.Ast.Operation;
import org.cofferdam.core.rego.graphql.Ast.Spread;
import org.cofferdam.core.rego.graphql.Ast.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Is told what a walk over a query meets, each thing after what is in it. What the schema does not
 * know is null.
 */
interface Visitor {
  default void operation(Operation o, @Nullable Definition root) {}

  default void variable(Variable v, @Nullable Definition type) {}

  default void fragment(Fragment f, @Nullable Definition type) {}

  /** {@code parent} is the type that the field is asked of. */
  default void field(Field f, @Nullable FieldDefinition definition, @Nullable Definition parent) {}

  default void inline(Inline f, @Nullable Definition parent) {}

  default void spread(Spread s, @Nullable Fragment fragment, @Nullable Definition parent) {}

  default void directive(Directive d, @Nullable DirectiveDefinition definition, String location) {}

  /** The directives at one place. */
  default void directives(List<Directive> all) {}

  default void value(Slot slot) {}

  /**
   * A value with what is expected at its place.
   *
   * @param hasDefault true where the place has a default value
   * @param type the definition of the expected type's named type
   * @param operation the operation that it is used in, null in fragments as such
   * @param variable the definition of the variable that the value is
   */
  record Slot(
      Ast.Literal value,
      Ast.@Nullable Type expected,
      boolean hasDefault,
      @Nullable Definition type,
      @Nullable Operation operation,
      @Nullable Variable variable) {}
}
