// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.policy;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.apps.cli.scan.ManifestFiles;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.policy.Coverage;
import org.cofferdam.workload.model.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which fields of a manifest its policy holds. */
@Command(
    name = "coverage",
    mixinStandardHelpOptions = true,
    description =
        "Says of each field of a pod whether its policy holds it, holds its place only, or leaves it "
            + "to the node.")
final class PolicyCoverageCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Manifests.")
  private List<String> paths = List.of();

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Json> workloads = new ArrayList<>();
    PrintWriter out = spec.commandLine().getOut();
    for (Workload workload : ManifestFiles.read(paths, System.in).workloads()) {
      List<Coverage.Field> fields = Coverage.of(workload);
      long held = fields.stream().filter(f -> f.state().equals("held")).count();
      workloads.add(
          Json.object()
              .put("workload", workload.id())
              .put("held", held)
              .put("of", fields.size())
              .put("fields", Json.array(fields.stream().map(Coverage.Field::toJson).toList()))
              .build());
      if (!output.json()) {
        out.printf("%s: the policy holds %d of %d values%n", workload.id(), held, fields.size());
        fields.forEach(f -> out.printf("  %-6s %s:%d%n", f.state(), f.pointer(), f.line()));
      }
    }
    if (output.json()) {
      output.print(Json.object().put("workloads", Json.array(workloads)).build());
    }
    out.flush();
    return ExitCode.OK;
  }
}
