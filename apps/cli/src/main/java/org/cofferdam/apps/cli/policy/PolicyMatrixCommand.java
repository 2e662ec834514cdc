// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.policy;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.trial.Matrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries on a policy all that a hostile control plane could do. */
@Command(
    name = "matrix",
    mixinStandardHelpOptions = true,
    description =
        "Plays a hostile control plane against a policy and says what blocks each of its powers, "
            + "beside a policy that refuses exec and SetPolicy only.")
final class PolicyMatrixCommand implements Callable<Integer> {
  @Mixin private PolicyInput policy = new PolicyInput();

  @Option(
      names = "--pod",
      paramLabel = "POLICY",
      description =
          "The policy that tells what the pod is, where the one that is tried does not: a policy of "
              + "another tool is tried on the requests of this pod.")
  private String pod = "";

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String text = policy.text();
    Json.Obj facts = PolicyFile.facts(pod.isEmpty() ? text : PolicyFile.read(pod));
    PolicyInput.agent(text);
    Matrix matrix = Matrix.of(text, facts);
    if (output.json()) {
      output.print(matrix.toJson());
    } else {
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%-10s %-10s %-24s %s%n", "policy", "baseline", "power", "what");
      for (Matrix.Row row : matrix.rows()) {
        out.printf("%-10s %-10s %-24s %s%n", row.state(), row.baseline(), row.power(), row.what());
      }
      out.printf(
          "%d powers: %d open, %d open at the baseline%n",
          matrix.rows().size(), matrix.open(), matrix.openAtBaseline());
      out.flush();
    }
    return ExitCode.OK;
  }
}
