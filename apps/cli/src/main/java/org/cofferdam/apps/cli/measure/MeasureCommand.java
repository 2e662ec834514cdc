// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.measure;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measurements, predicted. */
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    description = "Computes what evidence should say from the inputs of a launch.",
    subcommands = {
      MeasurePcrCommand.class,
      MeasureSgxCommand.class,
      MeasureSnpCommand.class,
      MeasureTdxCommand.class
    })
public final class MeasureCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
