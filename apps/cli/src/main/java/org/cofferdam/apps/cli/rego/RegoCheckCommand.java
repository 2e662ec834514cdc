// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.rego;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.rego.RegoCompiler;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compiles policies and reports what is wrong with them. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Parses and compiles policies together, and reports what is wrong with them.")
final class RegoCheckCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Modules, or folders of them.")
  private List<String> files = new ArrayList<>();

  @Option(names = "--v0", description = "Read modules in the syntax before OPA 1.0.")
  private boolean v0;

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    List<RegoException> errors = new ArrayList<>();
    RegoCompiler compiler = new RegoCompiler().v0(v0);
    for (String file : RegoFiles.modules(files)) {
      try {
        compiler.add(file, RegoFiles.text(file));
      } catch (RegoException e) {
        errors.add(e);
      }
    }
    if (errors.isEmpty()) {
      try {
        compiler.compile();
      } catch (RegoException e) {
        errors.add(e);
      }
    }
    if (output.json()) {
      RegoFiles.print(
          Map.of(
              "valid", RegoBoolean.of(errors.isEmpty()),
              "errors", RegoArray.of(errors.stream().map(RegoCheckCommand::json).toList())));
    } else {
      errors.forEach(e -> System.out.println(e.getMessage()));
      if (errors.isEmpty()) {
        System.out.println("no errors");
      }
    }
    return errors.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static Value json(RegoException e) {
    return RegoObject.of(
        Map.<Value, Value>of(
            RegoString.of("code"), RegoString.of(e.code().id()),
            RegoString.of("file"), RegoString.of(e.location().file()),
            RegoString.of("row"), RegoNumber.of(e.location().row()),
            RegoString.of("column"), RegoNumber.of(e.location().column()),
            RegoString.of("message"), RegoString.of(e.detail())));
  }
}
