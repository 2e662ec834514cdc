// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.broker;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cofferdam simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Would this workload get the secret, and why not?",
      "The server decides as for real, and hands out and records nothing."
    })
public final class SimulateCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;
  @Mixin private OutputOption output;

  @Option(names = "--secret", required = true, paramLabel = "REPOSITORY/TYPE/TAG")
  private String secret = "";

  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  /** With what it is asked. */
  static final class Subject {
    @Option(
        names = "--evidence",
        paramLabel = "FILE",
        description = "A handshake's document, as the log keeps it.")
    private @Nullable String evidence;

    @Option(
        names = "--conversion",
        paramLabel = "DIR",
        description = "What convert wrote for one workload.")
    private @Nullable Path conversion;
  }

  @Override
  public Integer call() throws Exception {
    Json.Builder question = Json.object().put("secret", secret);
    if (subject.evidence != null) {
      question.put("evidence", Json.parse(Inputs.read(subject.evidence)));
    } else if (subject.conversion != null) {
      question
          .put(
              "references",
              Json.parse(Files.readAllBytes(only(subject.conversion, "references.json"))))
          .put("initdata", Files.readString(only(subject.conversion, "initdata.toml")));
    }
    Json.Obj answer =
        server
            .client()
            .call(
                "POST",
                "/api/v1/simulate",
                question.build().write().getBytes(StandardCharsets.UTF_8))
            .asObject("answer");
    boolean released = answer.require("released").asBoolean("released");
    if (output.json()) {
      output.print(answer);
    } else {
      System.out.println(released ? "would be released" : "would not be released");
      for (Json one : answer.array("reasons")) {
        Json.Obj check = one.asObject("reason");
        System.out.println("  " + check.string("id") + ": " + check.string("remedy"));
      }
    }
    return released ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static Path only(Path folder, String name) throws java.io.IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = files.filter(f -> f.endsWith(name)).toList();
      if (found.size() == 1) {
        return found.getFirst();
      }
      throw new CommandException(
          ExitCode.UNDECIDED,
          folder + " holds " + found.size() + " files " + name,
          "Name the folder of one workload's conversion.");
    }
  }
}
