// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.workload.advisor.scan.ScanReport;
import org.cofferdam.workload.advisor.scan.Scanner;
import org.cofferdam.workload.pattern.Severity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says for each workload which pattern fits, and what stands in the way. */
@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    description = "Says for each workload which pattern fits, and what stands in the way.")
public final class ScanCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Manifests: files, folders, or - for standard input.")
  private List<String> paths = List.of();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit with 1 where a finding has this severity (error, warning, info) or a higher one under every pattern of a workload.")
  private String failOn = "";

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Severity threshold = threshold();
    ScanReport report = new Scanner(Patterns.ALL).scan(ManifestFiles.read(paths, System.in));
    if (output.json()) {
      output.print(report.toJson());
    } else {
      PrintWriter out = spec.commandLine().getOut();
      new ScanText(out).print(report);
      out.flush();
    }
    return threshold != null && report.reaches(threshold) ? ExitCode.REFUSED : ExitCode.OK;
  }

  private @Nullable Severity threshold() {
    if (failOn.isEmpty()) {
      return null;
    }
    for (Severity severity : Severity.values()) {
      if (severity.word().equals(failOn.toLowerCase(Locale.ROOT))) {
        return severity;
      }
    }
    throw CommandException.usage(
        "--fail-on knows no '" + failOn + "'.", "Use error, warning or info.");
  }
}
