// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

/** What is wrong with a GraphQL text, in words that name the place where there is one. */
public final class GraphQlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GraphQlException(Ast.Place at, String message) {
    super(
        at.line() == 0
            ? "GraphQL parse error: " + message
            : message + " in GraphQL string at location " + at.line() + ":" + at.column(),
        null,
        false,
        false);
  }
}
