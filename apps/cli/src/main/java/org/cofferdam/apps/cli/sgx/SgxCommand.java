// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.sgx;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Enclaves of Gramine: manifest, measurement, signature. */
@Command(
    name = "sgx",
    mixinStandardHelpOptions = true,
    description = "Expands manifests of Gramine, measures and signs enclaves, reads signatures.",
    subcommands = {SgxExpandCommand.class, SgxSignCommand.class, SgxInspectCommand.class})
public final class SgxCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
