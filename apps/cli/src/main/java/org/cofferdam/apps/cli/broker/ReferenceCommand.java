// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.broker;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cofferdam broker reference}: what workloads must be, and what they may then have. */
@Command(
    name = "reference",
    mixinStandardHelpOptions = true,
    description = "Reference values of workloads, and the secrets they may have.")
final class ReferenceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = "Registers a workload, or changes it; tokens of its guests end.")
  int put(
      @Mixin ServerOptions server,
      @Mixin OutputOption output,
      @Option(
              names = "--references",
              required = true,
              paramLabel = "FILE",
              description = "A reference set; it names the workload")
          String references,
      @Option(names = "--initdata", required = true, paramLabel = "FILE") String initData,
      @Option(
              names = "--secret",
              paramLabel = "REPOSITORY/TYPE/TAG",
              description = "May be repeated; * stands for any one segment")
          List<String> secrets)
      throws Exception {
    Json set = Json.parse(Inputs.read(references));
    Json body =
        Json.object()
            .put("references", set)
            .put("initdata", new String(Inputs.read(initData), StandardCharsets.UTF_8))
            .put("secrets", Json.strings(secrets == null ? List.of() : secrets))
            .build();
    String workload = set.asObject("references").string("workload");
    Json answer =
        server
            .client()
            .call(
                "PUT",
                "/api/v1/workloads/" + workload,
                body.write().getBytes(StandardCharsets.UTF_8));
    if (output.json()) {
      output.print(answer);
    } else {
      System.out.println("registered " + workload);
    }
    return ExitCode.OK;
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Names all workloads.")
  int list(@Mixin ServerOptions server, @Mixin OutputOption output) throws Exception {
    Json answer = server.client().get("/api/v1/workloads");
    if (output.json()) {
      output.print(answer);
    } else {
      answer
          .asObject("answer")
          .array("workloads")
          .forEach(name -> System.out.println(name.asString("name")));
    }
    return ExitCode.OK;
  }
}
