// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.Progress;
import org.cofferdam.services.launch.machine.Machine;
import org.cofferdam.services.launch.machine.Need;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cofferdam setup}: what a local run needs, and nothing else. */
@Command(
    name = "setup",
    mixinStandardHelpOptions = true,
    description =
        "Installs the Debian packages that a local run needs; says which and why before it does.")
public final class SetupCommand implements Callable<Integer> {
  @Mixin private OutputOption output;

  @Option(
      names = "--no-install",
      description = "Only say what is missing; exit code 3 if something is.")
  private boolean noInstall;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Need> missing = Machine.missing();
    ensure(noInstall, new Notes());
    if (output.json()) {
      output.print(
          Json.object()
              .put("installed", Json.strings(missing.stream().map(Need::packageName).toList()))
              .build());
    } else if (missing.isEmpty()) {
      System.out.println("Nothing is missing.");
    }
    return ExitCode.OK;
  }

  /** Installs what is missing, or says so and ends where that is not wanted. */
  static void ensure(boolean noInstall, Progress progress)
      throws IOException, InterruptedException {
    List<Need> missing = Machine.missing();
    if (missing.isEmpty()) {
      return;
    }
    if (noInstall) {
      StringBuilder list = new StringBuilder("packages are missing:");
      missing.forEach(
          n -> list.append("\n    ").append(n.packageName()).append(": ").append(n.why()));
      throw new CommandException(
          ExitCode.UNDECIDED,
          list.toString(),
          "Run cofferdam setup, or install them yourself; --pattern process needs none of them.");
    }
    try {
      Machine.install(missing, progress);
    } catch (LaunchException e) {
      throw new CommandException(ExitCode.UNDECIDED, String.valueOf(e.getMessage()), e.remedy(), e);
    }
  }

  /** Progress on standard error. */
  static final class Notes implements Progress {
    @Override
    public void step(String step, Duration took) {
      System.err.printf("  %-14s %7.2f s%n", step, took.toMillis() / 1000.0);
    }

    @Override
    public void note(String text) {
      System.err.println("  " + text);
    }
  }
}
