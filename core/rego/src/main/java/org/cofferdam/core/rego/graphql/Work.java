// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

/** Is told of each piece of work, and may refuse more. */
@FunctionalInterface
public interface Work {
  void count();
}
