// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.cofferdam.apps.cli.advise.AdviseCommand;
import org.cofferdam.apps.cli.broker.BrokerCommand;
import org.cofferdam.apps.cli.broker.SimulateCommand;
import org.cofferdam.apps.cli.convert.ConvertCommand;
import org.cofferdam.apps.cli.convert.UndoCommand;
import org.cofferdam.apps.cli.gate.GateCommand;
import org.cofferdam.apps.cli.initdata.InitDataCommand;
import org.cofferdam.apps.cli.ledger.LedgerCommand;
import org.cofferdam.apps.cli.measure.MeasureCommand;
import org.cofferdam.apps.cli.policy.PolicyCommand;
import org.cofferdam.apps.cli.rego.RegoCommand;
import org.cofferdam.apps.cli.scan.ScanCommand;
import org.cofferdam.apps.cli.sgx.SgxCommand;
import org.cofferdam.apps.cli.up.DownCommand;
import org.cofferdam.apps.cli.up.LogsCommand;
import org.cofferdam.apps.cli.up.SetupCommand;
import org.cofferdam.apps.cli.up.StatusCommand;
import org.cofferdam.apps.cli.up.UpCommand;
import org.cofferdam.apps.cli.verify.CollateralCommand;
import org.cofferdam.apps.cli.verify.EventlogCommand;
import org.cofferdam.apps.cli.verify.ExplainCommand;
import org.cofferdam.apps.cli.verify.InspectCommand;
import org.cofferdam.apps.cli.verify.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code cofferdam} command. */
@Command(
    name = "cofferdam",
    mixinStandardHelpOptions = true,
    version = "cofferdam 0.1.0",
    description = "Runs containers so that the infrastructure below them need not be trusted.",
    footer = {
      "",
      "The main job: cofferdam up examples/orders",
      "Exit codes: 0 done or accepted, 1 refused, 2 wrong usage, 3 could not be decided, 4 a fault of ours."
    },
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      SetupCommand.class,
      VerifyCommand.class,
      InspectCommand.class,
      EventlogCommand.class,
      CollateralCommand.class,
      ExplainCommand.class,
      BrokerCommand.class,
      SimulateCommand.class,
      GateCommand.class,
      LedgerCommand.class,
      ScanCommand.class,
      AdviseCommand.class,
      ConvertCommand.class,
      UndoCommand.class,
      InitDataCommand.class,
      PolicyCommand.class,
      MeasureCommand.class,
      RegoCommand.class,
      SgxCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The whole command line, as tests call it in their own process. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::explain);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (e instanceof CommandException problem) {
      command.getErr().println("cofferdam: " + problem.getMessage());
      command.getErr().println("  " + problem.remedy());
      return problem.exitCode();
    }
    if (e instanceof IOException) {
      command.getErr().println("cofferdam: " + words(e));
      command.getErr().println("  A file, a tool or the network failed; nothing was released.");
      return ExitCode.UNDECIDED;
    }
    command.getErr().println("cofferdam: a fault of ours: " + e);
    command.getErr().println("  Please report it with the lines below.");
    e.printStackTrace(command.getErr());
    return ExitCode.FAULT;
  }

  /** Java's file exceptions have the path alone as their message. */
  private static String words(Exception e) {
    return switch (e) {
      case NoSuchFileException f -> f.getFile() + " is not there";
      case AccessDeniedException f -> f.getFile() + " may not be read or written";
      case FileSystemException f when f.getReason() == null -> f.getFile() + ": " + f;
      default -> String.valueOf(e.getMessage());
    };
  }
}
