// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.schema;

/** One check of a document: it counts the work, and how deep schemas refer to each other. */
final class Run {
  private static final int MAX_DEPTH = 300;

  private final Runnable work;
  private int depth;

  Run(Runnable work) {
    this.work = work;
  }

  void enter() {
    work.run();
    if (++depth > MAX_DEPTH) {
      throw new SchemaException("schemas nested too deep");
    }
  }

  void leave() {
    depth--;
  }
}
