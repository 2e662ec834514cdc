// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.initdata;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Init-data as Confidential Containers have it. */
@Command(
    name = "initdata",
    mixinStandardHelpOptions = true,
    description = "Builds, shows and hashes init-data.",
    subcommands = {
      InitDataBuildCommand.class,
      InitDataInspectCommand.class,
      InitDataDigestCommand.class
    })
public final class InitDataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
