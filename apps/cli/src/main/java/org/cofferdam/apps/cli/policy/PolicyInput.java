// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.policy;

import java.io.IOException;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.convert.KataInputs;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.patterns.pod.policy.GuestAgent;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The policy that a command is about: one that is there, or the one that a manifest gets. */
final class PolicyInput {
  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "A policy, or init-data, its annotation or a manifest that has one.")
  private String policy = "";

  @Option(
      names = "--workload",
      paramLabel = "FILE",
      description = "A manifest: its policy is made first.")
  private String workload = "";

  @Mixin private KataInputs inputs = new KataInputs();

  String text() throws IOException {
    if (policy.isEmpty() == workload.isEmpty()) {
      throw CommandException.usage(
          "Either --policy or --workload says which policy to ask.", "Give one of them.");
    }
    return policy.isEmpty() ? PolicyFile.generate(workload, inputs) : PolicyFile.read(policy);
  }

  GuestAgent agent() throws IOException {
    return agent(text());
  }

  static GuestAgent agent(String text) {
    try {
      return GuestAgent.start(text);
    } catch (RegoException e) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          "The policy cannot be read: " + e.getMessage(),
          "Check it with 'cofferdam rego check'.",
          e);
    }
  }
}
