// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.policy;

import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.policy.PolicyWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What differs between two policies. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Says which facts of two policies differ. Exit code 1 where some do.")
final class PolicyDiffCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BEFORE", description = "A policy, or what carries one.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "Another.")
  private String after = "";

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<String> lines =
        PolicyWords.diff(
            PolicyFile.facts(PolicyFile.read(before)), PolicyFile.facts(PolicyFile.read(after)));
    if (output.json()) {
      output.print(Json.object().put("differences", Json.strings(lines)).build());
    } else {
      lines.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
    }
    return lines.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
  }
}
