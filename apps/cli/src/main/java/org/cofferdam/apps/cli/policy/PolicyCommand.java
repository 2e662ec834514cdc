// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.policy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Guest policies as the kata-agent has them. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Reads guest policies, asks them about requests, and says what they leave open.",
    subcommands = {
      PolicyExtractCommand.class,
      PolicyDecideCommand.class,
      PolicyWhyCommand.class,
      PolicyMatrixCommand.class,
      PolicyExplainCommand.class,
      PolicyDiffCommand.class,
      PolicyCoverageCommand.class
    })
public final class PolicyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
