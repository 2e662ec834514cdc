// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.verify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.apps.cli.scan.Explanations;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.pattern.rules.FieldRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cofferdam explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Says in words what a result holds: a file that verify --output json wrote, or the id of a finding of scan.")
public final class ExplainCommand implements Callable<Integer> {
  private static final String FINDING = "[a-z]+([.-][a-z0-9-]+)*";

  @Mixin private OutputOption output;

  @Parameters(paramLabel = "RESULT", description = "A result file, the id of a finding, or -.")
  private String result = "-";

  @Override
  public Integer call() {
    if (result.matches(FINDING) && !Files.exists(Path.of(result))) {
      return finding();
    }
    try {
      Json.Obj document =
          Json.parse(Inputs.read(result, false).getFirst().content().toArray()).asObject("result");
      if (output.json()) {
        output.print(document);
      } else {
        Results.print(document);
      }
      return ExitCode.OK;
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.USAGE,
          result + " is no result: " + e.getMessage() + ".",
          "Give a file that verify --output json wrote.",
          e);
    }
  }

  private int finding() {
    FieldRules.Explanation explanation =
        Explanations.of(result)
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "There is no file and no finding '" + result + "'.",
                        "Give an id as scan prints it, for example pod.host-network."));
    if (output.json()) {
      output.print(
          Json.object()
              .put("id", explanation.id())
              .put("message", explanation.message())
              .put("fix", explanation.fix())
              .build());
    } else {
      System.out.println(explanation.id() + ": " + explanation.message());
      if (!explanation.fix().isEmpty()) {
        System.out.println("  fix: " + explanation.fix());
      }
    }
    return ExitCode.OK;
  }
}
