// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.policy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.policy.PolicyWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A policy in words. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Says in words what a policy lets happen.")
final class PolicyExplainCommand implements Callable<Integer> {
  @Mixin private PolicyInput policy = new PolicyInput();
  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<String> words = PolicyWords.explain(PolicyFile.facts(policy.text()));
    if (output.json()) {
      output.print(Json.object().put("sentences", Json.strings(words)).build());
    } else {
      words.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.OK;
  }
}
