// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes the policy out of what carries it. */
@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description = "Prints the policy that init-data, an annotation or a manifest carries.")
final class PolicyExtractCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Init-data in any form, or a manifest.")
  private String file = "";

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Map<String, String> policies = PolicyFile.extract(file);
    if (policies.isEmpty()) {
      throw new CommandException(
          ExitCode.UNDECIDED, "There is no policy in " + file + ".", "Give what carries one.");
    }
    if (output.json()) {
      List<Json> all = new ArrayList<>();
      policies.forEach(
          (name, text) ->
              all.add(
                  Json.object()
                      .put("workload", Json.nullable(name.isEmpty() ? null : name))
                      .put("policy", text)
                      .build()));
      output.print(
          Json.object()
              .put("policy", policies.values().iterator().next())
              .put("policies", Json.array(all))
              .build());
    } else {
      policies.values().forEach(p -> spec.commandLine().getOut().print(p));
      spec.commandLine().getOut().flush();
    }
    return ExitCode.OK;
  }
}
