// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.schema;

import java.util.List;
import org.cofferdam.core.rego.value.Value;

/** A compiled schema. It does not change, and serves any number of threads. */
public final class JsonSchema {
  private final Node root;

  private JsonSchema(Node root) {
    this.root = root;
  }

  /**
   * Compiles a schema. References lead to places in the schema itself; nothing is fetched.
   *
   * @throws SchemaException where it is none
   */
  public static JsonSchema of(Value schema) {
    return new JsonSchema(new Compiler(schema).root());
  }

  /**
   * What is wrong with a document; nothing where it fits.
   *
   * @param work is told of each step, and may throw to end it
   * @throws SchemaException where schemas refer to each other without an end
   */
  public List<Fault> check(Value document, Runnable work) {
    return root.report(document, "(Root)", new Run(work)).faults();
  }
}
