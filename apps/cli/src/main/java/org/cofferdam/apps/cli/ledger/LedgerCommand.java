// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.ledger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cofferdam ledger}. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = "Reads and checks the log of decisions.",
    subcommands = {
      ShowCommand.class,
      TailCommand.class,
      ProveCommand.class,
      VerifyCommand.class,
      ReplayCommand.class
    })
public final class LedgerCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
