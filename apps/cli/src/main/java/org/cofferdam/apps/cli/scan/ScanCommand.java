// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.io.Console;
import java.io.File;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.advise.AnswerOptions;
import org.cofferdam.workload.advisor.advise.Questionnaire;
import org.cofferdam.workload.advisor.advise.RuleEngine;
import org.cofferdam.workload.advisor.advise.RuleSet;
import org.cofferdam.workload.advisor.scan.ScanReport;
import org.cofferdam.workload.advisor.scan.Scanner;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.pattern.Severity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  /** How the report is written. */
  public enum Format {
    text,
    json,
    yaml,
    sarif,
    markdown,
    html
  }

  private static final int WIDTH = 100;
  private static final int PROGRESS = 200;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description =
          "Kubernetes manifests, Compose files, quadlets, Nomad jobs, OCI image layouts and archives: files, folders, or - for standard input.")
  private List<String> paths = List.of();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit with 1 where a finding has this severity (error, warning, info) or a higher one under every pattern of a workload.")
  private String failOn = "";

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, yaml, sarif, markdown or html. Default: ${DEFAULT-VALUE}")
  private Format format = Format.text;

  @Option(names = "--details", description = "Every finding, however many workloads there are.")
  private boolean details;

  @Option(names = "--no-color", description = "No colours, even on a terminal.")
  private boolean noColor;

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = "Answers as for 'advise': each workload gets advice of its own.")
  private @Nullable String answers;

  @Option(
      names = "--cluster",
      description = "Scan the cluster of the kubeconfig, by the verb list alone.")
  private boolean cluster;

  @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Instead of the usual one.")
  private @Nullable File kubeconfig;

  @Option(names = "--context", paramLabel = "NAME", description = "Of the kubeconfig.")
  private @Nullable String context;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "For each question to the cluster. Default: ${DEFAULT-VALUE}")
  private int timeout = 15;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Severity threshold = threshold();
    if (paths.isEmpty() != cluster) {
      throw CommandException.usage(
          cluster ? "Files and --cluster cannot be scanned at once." : "Nothing to scan was named.",
          "Give files or folders, - for standard input, or --cluster.");
    }
    Bundle bundle =
        cluster
            ? ClusterSource.read(kubeconfig, context, Math.max(1, timeout) * 1000)
            : ManifestFiles.read(paths, System.in);
    ScanReport report;
    try {
      report = new Scanner(Patterns.ALL).scan(bundle, trust(), progress(bundle));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          String.valueOf(e.getMessage()), "Correct the answer; 'cofferdam advise' asks in turn.");
    }
    PrintWriter out = spec.commandLine().getOut();
    print(report, out);
    out.flush();
    return threshold != null && report.reaches(threshold) ? ExitCode.REFUSED : ExitCode.OK;
  }

  private void print(ScanReport report, PrintWriter out) {
    switch (format) {
      case text -> new ScanText(out, new Ink(color()), width(), details).print(report);
      case json -> out.println(report.toJson().write());
      case yaml -> out.print(YamlText.write(report.toJson()));
      case sarif -> out.println(Sarif.of(report).write());
      case markdown -> out.print(MarkdownText.of(report));
      case html -> out.print(HtmlReport.of(report));
    }
  }

  private Optional<Scanner.Trust> trust() {
    if (answers == null) {
      return Optional.empty();
    }
    Questionnaire questionnaire = Questionnaire.load();
    Map<String, List<String>> given = new LinkedHashMap<>(AnswerOptions.read(answers));
    return Optional.of(
        new Scanner.Trust(questionnaire, new RuleEngine(questionnaire, RuleSet.load()), given));
  }

  /** On standard error, only for a person and only where it takes a while. */
  private IntConsumer progress(Bundle bundle) {
    int all = bundle.workloads().size();
    if (!terminal() || all < PROGRESS) {
      return done -> {};
    }
    return done -> {
      if (done % PROGRESS == 0 || done == all) {
        System.err.print("\r" + done + " of " + all + " workloads" + (done == all ? "\n" : ""));
      }
    };
  }

  private boolean color() {
    return !noColor && System.getenv("NO_COLOR") == null && terminal();
  }

  private static boolean terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private static int width() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(columns)
        : WIDTH;
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
