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

/** What stands in init-data. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Shows what stands in init-data, with its digest.")
final class InitDataInspectCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE|ANNOTATION",
      description = "The TOML, its annotation (or a file with it), a disk image, or -.")
  private String input = "";

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    InitDataDocument initdata = InitDataInput.read(input);
    if (output.json()) {
      Json.Builder json = Json.object().put("version", InitDataDocument.VERSION);
      initdata.toJson().members().forEach(json::put);
      Json.Builder entries = Json.object();
      initdata.entries().forEach((name, text) -> entries.put(name, Json.of(text)));
      output.print(
          json.put("bytes", initdata.bytes().length).put("entries", entries.build()).build());
      return ExitCode.OK;
    }
    PrintWriter out = spec.commandLine().getOut();
    InitDataDigestCommand.print(initdata, out);
    initdata
        .entries()
        .forEach((name, text) -> out.printf("%n--- %s%n%s%n", name, text.stripTrailing()));
    out.flush();
    return ExitCode.OK;
  }
}
