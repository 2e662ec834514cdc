// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.advise;

import java.io.PrintWriter;
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
      given.putAll(AnswerOptions.read(file));
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
}
