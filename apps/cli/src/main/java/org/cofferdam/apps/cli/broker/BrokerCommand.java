// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.broker;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cofferdam broker}. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description = "Administers a server: secrets, policy, workloads, decisions.",
    subcommands = {
      SecretCommand.class,
      PolicyCommand.class,
      ReferenceCommand.class,
      DecisionsCommand.class,
      ExplainCommand.class
    })
public final class BrokerCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
