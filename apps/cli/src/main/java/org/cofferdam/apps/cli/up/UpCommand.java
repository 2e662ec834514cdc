// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.services.launch.LaunchException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofferdam up}: from an ordinary manifest to a released secret, on this machine. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a workload so that the machine below it need not be trusted, and proves it:",
      "scan, convert, predict, launch, attest, appraise, release, record."
    },
    footer = {
      "",
      "Exit codes: 0 the secret was released and the service runs; 1 refused; 3 something is missing.",
      "Stop with cofferdam down."
    })
public final class UpCommand implements Callable<Integer> {

  /** The unit that is isolated. */
  enum PatternName {
    process,
    pod,
    cluster,
    managed
  }

  @Parameters(paramLabel = "PATH", description = "Folder with manifests, or one manifest file.")
  private Path path = Path.of("");

  @Option(
      names = "--pattern",
      paramLabel = "PATTERN",
      defaultValue = "pod",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private PatternName pattern = PatternName.pod;

  @Option(
      names = "--tamper",
      paramLabel = "WHAT",
      description =
          "Act as a hostile host between prediction and launch: ${COMPLETION-CANDIDATES}. Must end refused.")
  private @Nullable Tamper tamper;

  @Option(
      names = "--no-install",
      description = "Never install packages; exit code 3 if one is missing.")
  private boolean noInstall;

  @Option(
      names = "--pause",
      description = {
        "Stop between prediction and launch and wait for Enter on standard input,",
        "so that another program can change the files of the launch folder."
      })
  private boolean pause;

  @Mixin private OutputOption output;

  @Override
  public Integer call() throws Exception {
    PrintStream progress = output.json() ? System.err : System.out;
    try {
      Outcome outcome = run(progress);
      if (output.json()) {
        output.print(outcome.toJson());
      } else {
        outcome.print(System.out);
      }
      return outcome.accepted() ? ExitCode.OK : ExitCode.REFUSED;
    } catch (LaunchException e) {
      throw new CommandException(ExitCode.UNDECIDED, String.valueOf(e.getMessage()), e.remedy(), e);
    }
  }

  private Outcome run(PrintStream progress) throws Exception {
    Timeline timeline = new Timeline(progress);
    UpRequest request = new UpRequest(Installation.find(), path, tamper, noInstall, pause);
    return switch (pattern) {
      case pod -> new PodRun(request, timeline).run();
      case process -> new ProcessRun(request, timeline).run();
      case cluster, managed ->
          throw CommandException.usage(
              "up does not run the pattern " + pattern + " yet",
              "Use --pattern pod or --pattern process.");
    };
  }
}
