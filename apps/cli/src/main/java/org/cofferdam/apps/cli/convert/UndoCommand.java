// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Undoes a conversion. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = "Puts the manifests of a conversion back as they were, and removes what it made.")
public final class UndoCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "What 'cofferdam convert -o' wrote.")
  private Path folder = Path.of("out");

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<String> restored = UndoRecord.undo(folder);
    if (output.json()) {
      output.print(Json.object().put("restored", Json.strings(restored)).build());
    } else {
      restored.forEach(r -> spec.commandLine().getOut().printf("restored: %s%n", r));
      spec.commandLine().getOut().flush();
    }
    return ExitCode.OK;
  }
}
