// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.rego;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Evaluates, checks, tests and explains Rego policies. */
@Command(
    name = "rego",
    mixinStandardHelpOptions = true,
    description = "Evaluates, checks, tests and explains Rego policies, without OPA.",
    subcommands = {
      RegoEvalCommand.class,
      RegoCheckCommand.class,
      RegoTestCommand.class,
      RegoExplainCommand.class
    })
public final class RegoCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
