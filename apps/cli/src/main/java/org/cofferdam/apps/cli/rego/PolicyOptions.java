// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.rego;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.Query;
import org.cofferdam.core.rego.RegoException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code eval} and {@code explain} are given. */
final class PolicyOptions {
  @Option(names = "-m", paramLabel = "FILE", description = "A module, or a folder of them.")
  private List<String> modules = new ArrayList<>();

  @Option(names = "-d", paramLabel = "FILE", description = "A JSON object to appear below data.")
  private List<String> data = new ArrayList<>();

  @Option(names = "-i", paramLabel = "FILE", description = "The JSON document that is the input.")
  private @Nullable String input;

  @Option(names = "--v0", description = "Read modules in the syntax before OPA 1.0.")
  private boolean v0;

  @Option(names = "--strict", description = "Failures of built-ins are errors, not undefined.")
  private boolean strict;

  @Parameters(paramLabel = "QUERY", description = "For instance: data.policy.allow")
  private String query = "";

  /**
   * The query with its result in {@code result}, or as it stands where it binds variables itself.
   */
  Query query() {
    try {
      var policy = RegoFiles.compiler(modules, v0).compile();
      try {
        return policy.document(query);
      } catch (RegoException e) {
        return policy.query(query);
      }
    } catch (RegoException e) {
      throw RegoFiles.refused(e);
    }
  }

  Evaluation evaluation() {
    return RegoFiles.evaluation()
        .strictBuiltins(strict)
        .data(RegoFiles.data(data))
        .input(input == null ? null : RegoFiles.json(input));
  }
}
