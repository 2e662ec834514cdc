// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.broker;

import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cofferdam broker explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Everything that the server decided in one handshake, and why.")
final class ExplainCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "CORRELATION", description = "What the guest was told, 16 digits")
  private String correlation;

  @Override
  public Integer call() throws Exception {
    if (!correlation.matches("[0-9a-f]{16}")) {
      throw CommandException.usage(
          "a correlation id has 16 hexadecimal digits", "Take it from the guest's error.");
    }
    Json answer = server.client().get("/api/v1/explain/" + correlation);
    List<Json> decisions = answer.asObject("answer").array("decisions");
    if (decisions.isEmpty()) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          "nothing is on record under " + correlation,
          "Ask the server that the guest spoke to.");
    }
    if (output.json()) {
      output.print(answer);
    } else {
      decisions.forEach(DecisionText::print);
    }
    return ExitCode.OK;
  }
}
