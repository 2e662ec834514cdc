// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.broker;

import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofferdam broker decisions}. */
@Command(
    name = "decisions",
    mixinStandardHelpOptions = true,
    description = "What was decided on a workload, oldest first.")
final class DecisionsCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NAMESPACE/NAME")
  private String workload;

  @Option(names = "--after", paramLabel = "SEQ", description = "Only what came after this one.")
  private long after = -1;

  @Override
  public Integer call() throws Exception {
    Json answer =
        server.client().get("/api/v1/workloads/" + workload + "/decisions?after=" + after);
    if (output.json()) {
      output.print(answer);
    } else {
      answer.asObject("answer").array("decisions").forEach(DecisionText::print);
    }
    return ExitCode.OK;
  }
}
