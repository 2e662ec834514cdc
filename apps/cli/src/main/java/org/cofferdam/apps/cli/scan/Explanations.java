// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferdam.patterns.cluster.ClusterAssessor;
import org.cofferdam.patterns.managed.ManagedAssessor;
import org.cofferdam.patterns.pod.PodPattern;
import org.cofferdam.patterns.process.ProcessAssessor;
import org.cofferdam.workload.advisor.scan.EndOfLife;
import org.cofferdam.workload.advisor.scan.UnmeasuredInputs;
import org.cofferdam.workload.pattern.influence.Influence;
import org.cofferdam.workload.pattern.influence.InfluenceRegister;
import org.cofferdam.workload.pattern.rules.FieldRules;
import org.cofferdam.workload.pattern.rules.FieldRules.Explanation;
import org.cofferdam.workload.pattern.rules.TextTable;

/** What the ids of a scan mean: findings, inputs, dying paths and entries of the register. */
public final class Explanations {
  private Explanations() {}

  /** Empty where nothing has this id. */
  public static Optional<Explanation> of(String id) {
    return Stream.of(
            PodPattern.class, ProcessAssessor.class, ClusterAssessor.class, ManagedAssessor.class)
        .flatMap(c -> FieldRules.load(c, "field-rules.txt").explain(id).stream())
        .findFirst()
        .or(() -> UnmeasuredInputs.explain(id))
        .or(() -> own(id))
        .or(() -> ending(id))
        .or(() -> influence(id));
  }

  private static Optional<Explanation> own(String id) {
    return TextTable.read(Explanations.class, "explanations.txt", 3).stream()
        .filter(r -> r.get(0).equals(id))
        .map(r -> new Explanation(id, r.get(1), r.get(2)))
        .findFirst();
  }

  private static Optional<Explanation> ending(String id) {
    return EndOfLife.load().stream()
        .filter(e -> e.id().equals(id))
        .map(
            e ->
                new Explanation(
                    id, e.what() + " Since " + e.since() + " (" + e.source() + ").", e.wayOff()))
        .findFirst();
  }

  private static Optional<Explanation> influence(String id) {
    return InfluenceRegister.load()
        .find(id)
        .map(
            i ->
                new Explanation(
                    id, "The " + i.who() + " can " + i.power() + ": " + states(i) + ".", ""));
  }

  private static String states(Influence influence) {
    List<String> states =
        influence.states().entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue().word())
            .toList();
    return String.join(", ", states);
  }
}
