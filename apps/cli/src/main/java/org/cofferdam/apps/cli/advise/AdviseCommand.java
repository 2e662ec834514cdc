// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.advise;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.workload.advisor.advise.Advice;
import org.cofferdam.workload.advisor.advise.Answers;
import org.cofferdam.workload.advisor.advise.Questionnaire;
import org.cofferdam.workload.advisor.advise.RuleEngine;
import org.cofferdam.workload.advisor.advise.RuleSet;
import org.cofferdam.workload.model.Source;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Recommends a pattern for what was answered about trust. */
@Command(
    name = "advise",
    mixinStandardHelpOptions = true,
    description = "Recommends a pattern for what you say about trust, and shows every reason.")
public final class AdviseCommand implements Callable<Integer> {
  private static final int MAX_BYTES = 1 << 20;

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = "Answers as YAML or JSON: question: value, or a list. - is standard input.")
  private @Nullable String file;

  @Option(
      names = {"-a", "--answer"},
      paramLabel = "ID=VALUE",
      description = "One answer; members of a set apart by commas. Wins over the file.")
  private Map<String, String> flags = new LinkedHashMap<>();

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Questionnaire questionnaire = Questionnaire.load();
    Map<String, List<String>> given = new LinkedHashMap<>();
    if (file != null) {
      given.putAll(read(file));
    } else if (flags.isEmpty()) {
      given.putAll(new Interview(System.in, System.err).ask(questionnaire));
    }
    flags.forEach(
        (id, value) -> given.put(id, value.isEmpty() ? List.of() : List.of(value.split(",", -1))));
    Advice advice;
    try {
      advice =
          new RuleEngine(questionnaire, RuleSet.load()).advise(Answers.of(questionnaire, given));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          String.valueOf(e.getMessage()), "'cofferdam advise' without answers asks them in turn.");
    }
    if (output.json()) {
      output.print(advice.toJson());
    } else {
      PrintWriter out = spec.commandLine().getOut();
      new AdviceText(out).print(advice);
      out.flush();
    }
    return advice.noneNeeded() || advice.winner().isPresent() ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static Map<String, List<String>> read(String file) {
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw CommandException.usage(file + " is larger than 1 MiB.", "Give the answers only.");
      }
      return AnswerFile.parse(Source.utf8(file, bytes));
    } catch (CharacterCodingException e) {
      throw CommandException.usage(file + " is no UTF-8 text.", "Write the answers as YAML.");
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNDECIDED, file + " cannot be read.", "Check the name and the permissions.", e);
    }
  }
}
