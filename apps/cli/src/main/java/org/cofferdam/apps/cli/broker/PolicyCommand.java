// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.broker;

import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cofferdam broker policy}: the resource policy in Rego, beside the built-in one. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "The resource policy in Rego. It can only narrow what the built-in policy gives.")
final class PolicyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = "Puts a policy in force: package policy, rule allow.")
  int put(
      @Mixin ServerOptions server,
      @Mixin OutputOption output,
      @Parameters(paramLabel = "FILE", description = "- is standard input") String file)
      throws Exception {
    Json answer = server.client().call("PUT", "/api/v1/resource-policy", Inputs.read(file));
    if (output.json()) {
      output.print(answer);
    } else {
      System.out.println("in force: sha256:" + answer.asObject("answer").string("digest"));
    }
    return ExitCode.OK;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the policy in force.")
  int show(@Mixin ServerOptions server, @Mixin OutputOption output) throws Exception {
    Json answer = server.client().get("/api/v1/resource-policy");
    if (output.json()) {
      output.print(answer);
    } else if (answer == Json.Null.NULL) {
      System.out.println("none was uploaded: the built-in policy decides alone");
    } else {
      System.out.print(answer.asObject("answer").string("policy"));
    }
    return ExitCode.OK;
  }
}
