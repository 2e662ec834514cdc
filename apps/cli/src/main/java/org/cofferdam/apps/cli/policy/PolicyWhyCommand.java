// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.policy;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.policy.GuestAgent;
import org.cofferdam.patterns.pod.policy.Remedies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which rule refused a request, and what would have been allowed. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = "Says which rule refuses a request, and what the rule wants.")
final class PolicyWhyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "REQUESTS",
      description = "One request, several, or the agent's own log (policy.jsonl).")
  private String requests = "";

  @Mixin private PolicyInput policy = new PolicyInput();
  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String text = policy.text();
    GuestAgent agent = PolicyInput.agent(text);
    List<Json> answers = new ArrayList<>();
    boolean all = true;
    for (Json item : PolicyFile.requests(requests)) {
      Json.Obj request = item.asObject("request");
      String kind = request.string("kind");
      GuestAgent.Decision decision = agent.decide(kind, request.require("request"));
      List<String> wanted =
          decision.allowed()
              ? List.of()
              : Remedies.of(text, kind, request.require("request"), decision.reasons());
      all &= decision.allowed();
      answers.add(
          Json.object()
              .put("kind", kind)
              .put("allowed", decision.allowed())
              .put("reasons", Json.strings(decision.reasons()))
              .put("wanted", Json.strings(wanted))
              .build());
    }
    if (output.json()) {
      output.print(Json.array(answers));
    } else {
      PrintWriter out = spec.commandLine().getOut();
      for (Json item : answers) {
        Json.Obj answer = item.asObject("answer");
        out.printf(
            "%s: %s%n",
            answer.string("kind"),
            answer.require("allowed").asBoolean("allowed") ? "allowed" : "refused");
        answer.array("reasons").forEach(r -> out.printf("  %s%n", r.asString("reason")));
        answer
            .array("wanted")
            .forEach(r -> out.printf("  allowed would be: %s%n", r.asString("wanted")));
      }
      out.flush();
    }
    return all ? ExitCode.OK : ExitCode.REFUSED;
  }
}
