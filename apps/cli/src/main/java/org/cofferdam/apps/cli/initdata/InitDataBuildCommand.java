// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.initdata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.protocol.initdata.InitDataAlgorithm;
import org.cofferdam.core.protocol.initdata.InitDataDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes init-data from its entries. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = "Writes init-data from its entries, in the order given.")
final class InitDataBuildCommand implements Callable<Integer> {
  @Option(names = "-o", required = true, paramLabel = "FILE", description = "Where to write it.")
  private Path target = Path.of("initdata.toml");

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      defaultValue = "sha256",
      description = "sha256, sha384 or sha512. Only sha256 fits a vTPM. Default: ${DEFAULT-VALUE}")
  private String algorithm = "sha256";

  @Parameters(arity = "1..*", paramLabel = "NAME=FILE", description = "Entries of [data].")
  private List<String> entries = List.of();

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    InitDataAlgorithm chosen =
        InitDataAlgorithm.of(algorithm)
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "Init-data knows no algorithm '" + algorithm + "'.",
                        "Use sha256, sha384 or sha512."));
    InitDataDocument initdata = InitDataDocument.write(chosen, texts());
    try {
      Files.write(target, initdata.bytes());
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNDECIDED, target + " cannot be written.", "Check the folder.", e);
    }
    if (output.json()) {
      output.print(initdata.toJson());
    } else {
      InitDataDigestCommand.print(initdata, spec.commandLine().getOut());
    }
    return ExitCode.OK;
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw CommandException.usage("'" + entry + "' is no NAME=FILE.", "Write NAME=FILE.");
      }
      String name = entry.substring(0, equals);
      if (texts.put(name, text(entry.substring(equals + 1))) != null) {
        throw CommandException.usage("The entry " + name + " is given twice.", "Give it once.");
      }
    }
    return texts;
  }

  private static String text(String file) {
    try {
      byte[] bytes =
          file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw CommandException.usage(file + " is no UTF-8 text.", "Init-data holds text only.");
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNDECIDED, file + " cannot be read.", "Check the name and the permissions.", e);
    }
  }
}
