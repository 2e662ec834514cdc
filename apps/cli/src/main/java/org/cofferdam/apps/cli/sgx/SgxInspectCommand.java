// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.sgx;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.sigstruct.Sigstruct;
import org.cofferdam.patterns.process.gramine.PublishedSigners;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a SIGSTRUCT and verifies its signature. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Shows a SIGSTRUCT (app.sig) and verifies it as the processor does; exit code 1 where its"
            + " signature does not hold or its key is published.")
final class SgxInspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A file of 1808 bytes.")
  private Path file = Path.of("app.sig");

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Sigstruct sigstruct;
    try {
      sigstruct = Sigstruct.parse(Files.readAllBytes(file));
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.REFUSED, file + ": " + e.getMessage(), "A SIGSTRUCT has 1808 bytes.", e);
    }
    boolean valid = sigstruct.signatureVerifies();
    Optional<String> published = PublishedSigners.where(sigstruct.mrSigner().hex());
    Json.Builder json = Json.object();
    sigstruct.fields().members().forEach(json::put);
    json.put("signatureValid", valid);
    json.put("publishedKey", published.<Json>map(Json.Str::new).orElse(Json.Null.NULL));
    if (output.json()) {
      output.print(json.build());
    } else {
      print(json.build(), spec.commandLine().getOut());
    }
    return valid && published.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static void print(Json.Obj fields, PrintWriter out) {
    fields
        .members()
        .forEach(
            (name, value) ->
                out.printf(
                    "%-15s %s%n", name, value instanceof Json.Str s ? s.value() : value.write()));
    out.flush();
  }
}
