// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.policy;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.policy.GuestAgent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a policy about requests, in order, beginning with an agent that has seen nothing. */
@Command(
    name = "decide",
    mixinStandardHelpOptions = true,
    description = "Says of each request whether the policy allows it, in order, with one state.")
final class PolicyDecideCommand implements Callable<Integer> {
  @Mixin private PolicyInput policy = new PolicyInput();

  @Option(
      names = "--requests",
      required = true,
      paramLabel = "FILE",
      description = "Objects with 'kind' and 'request', as an array or one a line.")
  private String requests = "";

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    GuestAgent agent = policy.agent();
    List<Json> all = PolicyFile.requests(requests);
    List<GuestAgent.Decision> decisions;
    try {
      decisions = agent.decideAll(all);
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "A request has not the form: " + e.getMessage(),
          "Give objects with 'kind' and 'request'.",
          e);
    }
    if (output.json()) {
      output.print(Json.array(decisions.stream().map(GuestAgent.Decision::toJson).toList()));
    } else {
      PrintWriter out = spec.commandLine().getOut();
      for (int i = 0; i < all.size(); i++) {
        out.printf(
            "%-8s %s%n",
            decisions.get(i).allowed() ? "allowed" : "refused",
            all.get(i).asObject("request").string("kind"));
        decisions.get(i).reasons().forEach(r -> out.printf("           %s%n", r));
      }
      out.flush();
    }
    return ExitCode.OK;
  }
}
