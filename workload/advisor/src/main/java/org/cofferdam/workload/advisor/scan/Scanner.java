// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.cofferdam.workload.advisor.advise.Advice;
import org.cofferdam.workload.advisor.advise.Answers;
import org.cofferdam.workload.advisor.advise.Questionnaire;
import org.cofferdam.workload.advisor.advise.RuleEngine;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Assessor;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.influence.InfluenceRegister;
import org.jspecify.annotations.Nullable;

/** Asks every pattern it was given about every workload of a bundle. */
public final class Scanner {
  private final List<? extends Assessor> patterns;
  private final InfluenceRegister register = InfluenceRegister.load();
  private final List<EndOfLife> endings = EndOfLife.load();

  public Scanner(List<? extends Assessor> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * What an organisation answered, for advice on each workload.
   *
   * @param questionnaire of the answers
   * @param engine with the rules
   * @param answers by question
   */
  public record Trust(
      Questionnaire questionnaire, RuleEngine engine, Map<String, List<String>> answers) {}

  public ScanReport scan(Bundle bundle) {
    return scan(bundle, Optional.empty(), done -> {});
  }

  /**
   * @param trust where answers were given
   * @param progress is told after each workload how many are done
   * @throws IllegalArgumentException where an answer does not exist
   */
  public ScanReport scan(Bundle bundle, Optional<Trust> trust, IntConsumer progress) {
    List<ScannedWorkload> workloads = new ArrayList<>();
    for (Workload workload : bundle.workloads()) {
      Map<String, Fit> fits = new LinkedHashMap<>();
      Map<String, Effort> efforts = new LinkedHashMap<>();
      for (Assessor pattern : patterns) {
        Fit fit = pattern.assess(workload, bundle);
        fits.put(pattern.name(), fit);
        efforts.put(pattern.name(), Effort.of(pattern.name(), workload, fit));
      }
      workloads.add(
          new ScannedWorkload(
              workload,
              fields(workload.document().root()),
              fits,
              efforts,
              UnmeasuredInputs.of(workload),
              register.of(workload),
              EndOfLife.of(workload, endings),
              trust.map(t -> recommend(t, workload, fits))));
      progress.accept(workloads.size());
    }
    return new ScanReport(workloads, bundle.others(), ExecRights.of(bundle), bundle.problems());
  }

  private static ScannedWorkload.Recommendation recommend(
      Trust trust, Workload workload, Map<String, Fit> fits) {
    Advice advice =
        trust
            .engine()
            .advise(
                Answers.of(
                    trust.questionnaire(), WorkloadShape.answers(trust.answers(), workload)));
    Optional<String> pattern =
        advice.noneNeeded()
            ? Optional.of("none-needed")
            : advice.survivors().stream()
                .map(s -> s.unit().word())
                .filter(p -> left(fits.get(p)))
                .findFirst();
    return new ScannedWorkload.Recommendation(pattern, advice);
  }

  private static boolean left(@Nullable Fit fit) {
    return fit != null && fit.verdict() != Fit.Verdict.DOES_NOT_FIT;
  }

  /** Every plain value below; each of them is known to the schema or in a finding. */
  private static int fields(Node node) {
    return switch (node) {
      case Node.Mapping m ->
          m.members().values().stream().mapToInt(member -> fields(member.value())).sum();
      case Node.Sequence s -> s.items().stream().mapToInt(Scanner::fields).sum();
      case Node.Scalar s -> 1;
    };
  }
}
