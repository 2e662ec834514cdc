// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.broker;

import java.util.Arrays;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cofferdam broker secret}: write, name and delete; no command gives a secret back. */
@Command(
    name = "secret",
    mixinStandardHelpOptions = true,
    description = "Secrets that workloads get. None can be read back.")
final class SecretCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = "Writes a secret; a new value is a new version.")
  int put(
      @Mixin ServerOptions server,
      @Mixin OutputOption output,
      @Parameters(paramLabel = "REPOSITORY/TYPE/TAG") String name,
      @Parameters(paramLabel = "FILE", description = "- is standard input") String file)
      throws Exception {
    byte[] value = Inputs.read(file);
    try {
      server.client().call("POST", "/kbs/v0/resource/" + name, value);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
    tell(output, "written", name);
    return ExitCode.OK;
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Deletes every version of a secret.")
  int delete(
      @Mixin ServerOptions server,
      @Mixin OutputOption output,
      @Parameters(paramLabel = "REPOSITORY/TYPE/TAG") String name)
      throws Exception {
    server.client().call("DELETE", "/kbs/v0/resource/" + name, new byte[0]);
    tell(output, "deleted", name);
    return ExitCode.OK;
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Names all secrets.")
  int list(@Mixin ServerOptions server, @Mixin OutputOption output) throws Exception {
    Json answer = server.client().get("/api/v1/resources");
    if (output.json()) {
      output.print(answer);
    } else {
      answer
          .asObject("answer")
          .array("resources")
          .forEach(name -> System.out.println(name.asString("name")));
    }
    return ExitCode.OK;
  }

  private static void tell(OutputOption output, String what, String name) {
    if (output.json()) {
      output.print(Json.object().put(what, name).build());
    } else {
      System.out.println(what + " " + name);
    }
  }
}
