// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.advise;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.workload.advisor.advise.Answers;
import org.cofferdam.workload.advisor.advise.Question;
import org.cofferdam.workload.advisor.advise.Questionnaire;

/** Asks the questions one by one. */
final class Interview {
  private final BufferedReader in;
  private final PrintStream out;

  Interview(InputStream in, PrintStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  /**
   * An empty line takes the default, {@code ?} means unknown; a wrong answer is asked for again.
   */
  Map<String, List<String>> ask(Questionnaire questionnaire) {
    out.println("Empty takes the first value in brackets, ? means unknown.");
    Map<String, List<String>> answers = new LinkedHashMap<>();
    for (Question question : questionnaire.questions()) {
      while (!answer(questionnaire, question, answers)) {
        out.println("  That is none of the values.");
      }
    }
    return answers;
  }

  private boolean answer(
      Questionnaire questionnaire, Question question, Map<String, List<String>> answers) {
    out.printf(
        "%s %s %s%n> ",
        question.text(),
        question.kind() == Question.Kind.SET ? "(several, apart by commas)" : "",
        question.values().isEmpty() ? "" : question.values());
    out.flush();
    String line = line().strip();
    if (line.isEmpty()) {
      return true;
    }
    List<String> values =
        line.equals("?") ? List.of("unknown") : List.of(line.split("\\s*,\\s*", -1));
    try {
      Answers.of(questionnaire, Map.of(question.id(), values));
    } catch (IllegalArgumentException e) {
      return false;
    }
    answers.put(question.id(), values);
    return true;
  }

  private String line() {
    try {
      String line = in.readLine();
      if (line == null) {
        throw new CommandException(
            ExitCode.UNDECIDED, "The answers ended early.", "Give a file with --answers.");
      }
      return line;
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNDECIDED, "The answers cannot be read.", "Give a file with --answers.", e);
    }
  }
}
