// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.launch.Home;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofferdam logs}: what a guest lets out of its containers' output. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the containers' output of a run, the latest by default.",
      "A guest lets it out only where the measured policy says so; otherwise there is none."
    })
public final class LogsCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "Name of a run, as cofferdam status shows it.")
  private @Nullable String run;

  @Option(
      names = "--console",
      description = "What the machine or the loader says instead: no containers.")
  private boolean console;

  @Mixin private OutputOption output;

  @Override
  public Integer call() throws IOException {
    Path folder = folder(Installation.find().home());
    boolean machine = Files.isDirectory(folder.resolve("vm"));
    Path file =
        folder
            .resolve(machine ? "vm" : "unit")
            .resolve(!console ? "containers.log" : machine ? "console.log" : "unit.log");
    String text =
        Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    if (output.json()) {
      output.print(
          Json.object()
              .put("run", folder.getFileName().toString())
              .put("lines", Json.strings(text.lines().toList()))
              .build());
    } else if (text.isEmpty()) {
      System.err.println("cofferdam: the guest of " + folder.getFileName() + " let nothing out");
    } else {
      text.lines().map(LogsCommand::forPeople).forEach(System.out::println);
    }
    return ExitCode.OK;
  }

  /** A guest's line is {@code {"container", "line"}}; nothing in it may steer the terminal. */
  private static String forPeople(String line) {
    try {
      Json.Obj o = Json.parse(line.getBytes(StandardCharsets.UTF_8)).asObject("line");
      return printable(o.string("container") + " | " + o.string("line"));
    } catch (MalformedEvidenceException e) {
      return printable(line);
    }
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private Path folder(Home home) throws IOException {
    if (run != null) {
      Path named = home.runs().resolve(run);
      if (run.contains("/") || !Files.isDirectory(named)) {
        throw CommandException.usage("there is no run " + run, "See cofferdam status.");
      }
      return named;
    }
    return latest(home)
        .orElseThrow(
            () -> CommandException.usage("nothing was run yet", "Begin with cofferdam up."));
  }

  /** Names end in their time. */
  private static Optional<Path> latest(Home home) throws IOException {
    if (!Files.exists(home.runs())) {
      return Optional.empty();
    }
    try (Stream<Path> runs = Files.list(home.runs())) {
      List<Path> sorted =
          runs.filter(
                  r -> Files.isDirectory(r.resolve("vm")) || Files.isDirectory(r.resolve("unit")))
              .sorted((a, b) -> time(a).compareTo(time(b)))
              .toList();
      return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.getLast());
    }
  }

  private static String time(Path run) {
    String name = run.getFileName().toString();
    return name.substring(Math.max(0, name.length() - LaunchFolder.STAMP_LENGTH));
  }
}
