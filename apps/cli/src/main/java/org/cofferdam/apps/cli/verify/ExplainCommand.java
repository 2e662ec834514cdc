// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.verify;

import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cofferdam explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Says in words what a result holds: a file that verify --output json wrote.")
public final class ExplainCommand implements Callable<Integer> {
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "RESULT", description = "A result file, or -.")
  private String result = "-";

  @Override
  public Integer call() {
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
}
