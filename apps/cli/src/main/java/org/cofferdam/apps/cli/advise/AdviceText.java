// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.advise;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferdam.workload.advisor.advise.Advice;

/** Advice for people. */
final class AdviceText {
  private final PrintWriter out;

  AdviceText(PrintWriter out) {
    this.out = out;
  }

  void print(Advice advice) {
    if (advice.noneNeeded()) {
      out.println("Nothing is needed: by your answers nobody has to be kept out (R00).");
      return;
    }
    out.printf(
        "Recommended: %s%s   (rules %s)%n",
        advice.winner().map(w -> w.word()).orElse("none: every pattern is out"),
        advice.openQuestions().isEmpty() ? "" : ", provisionally",
        advice.ruleSet());
    advice.survivors().stream()
        .skip(1)
        .forEach(s -> out.printf("  or %s (%d points)%n", s.unit().word(), s.points()));
    if (!advice.outlook().grade().isEmpty()) {
      out.printf(
          "Best evidence that can be reached: %s. %s%n",
          advice.outlook().grade(), advice.outlook().gradeReason());
    }
    advice
        .reasons()
        .forEach(n -> out.printf("  not %s: %s (%s)%n", n.unit().word(), n.meaning(), n.rule()));
    notes("Must be made true:", advice.conditions().stream());
    notes("Should be known:", advice.warnings().stream());
    if (!advice.openQuestions().isEmpty()) {
      out.println("Still open: " + String.join(", ", advice.openQuestions()));
    }
    if (!advice.residualRisks().isEmpty()) {
      out.println("What stays possible:");
      advice.residualRisks().forEach(r -> out.printf("  %-6s %s%n", r.id(), r.text()));
    }
    lines("Work:", advice.outlook().work().stream().map(r -> r.get(0) + ": " + r.get(1)));
    lines("Made for you:", advice.outlook().generated().stream());
    lines("Goes together:", advice.outlook().combinations().stream().map(r -> r.get(1)));
    if (!advice.changes().isEmpty()) {
      out.println("One answer that would change this:");
      advice
          .changes()
          .forEach(
              c ->
                  out.printf(
                      "  %s: %s → %s%s%n",
                      c.question(),
                      c.answer().isEmpty() ? "nothing" : c.answer(),
                      c.result().word(),
                      switch (c.kind()) {
                        case "accept-risk" -> " (accepts a risk)";
                        case "trust-less" -> " (trusts less)";
                        default -> "";
                      }));
    }
  }

  private void notes(String title, Stream<Advice.Note> notes) {
    lines(
        title,
        notes.map(
            n -> n.unit().word() + ": " + n.code() + ": " + n.meaning() + " (" + n.rule() + ")"));
  }

  private void lines(String title, Stream<String> texts) {
    String lines = texts.map(t -> "  " + t).collect(Collectors.joining(System.lineSeparator()));
    if (!lines.isEmpty()) {
      out.println(title);
      out.println(lines);
    }
  }
}
