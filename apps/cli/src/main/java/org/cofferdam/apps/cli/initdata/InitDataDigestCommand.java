// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.initdata;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.initdata.InitDataDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The digest of init-data, and how each TEE's field holds it. */
@Command(
    name = "digest",
    mixinStandardHelpOptions = true,
    description = "Prints the digest of init-data, and how the field of each TEE holds it.")
final class InitDataDigestCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "The TOML, its annotation, or - for standard input.")
  private String input = "";

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    InitDataDocument initdata = InitDataInput.read(input);
    if (output.json()) {
      output.print(initdata.toJson());
      return ExitCode.OK;
    }
    print(initdata, spec.commandLine().getOut());
    return ExitCode.OK;
  }

  static void print(InitDataDocument initdata, PrintWriter out) {
    Json.Obj json = initdata.toJson();
    out.printf("%s %s%n", json.string("algorithm"), json.string("digest"));
    json.object("fields")
        .members()
        .forEach(
            (name, value) ->
                out.printf(
                    "  %-10s %s%n",
                    name, value instanceof Json.Str s ? s.value() : "does not fit"));
    out.flush();
  }
}
