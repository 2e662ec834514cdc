// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

/** Takes the solutions of a body. */
@FunctionalInterface
public interface Sink {
  /** One is enough. */
  Sink FIRST = f -> true;

  /** Takes a solution; true to be given no more. */
  boolean accept(Frame f);
}
