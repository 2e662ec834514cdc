// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Assessor;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.Severity;

/**
 * An assessment of which a table says everything.
 *
 * @param name of the pattern
 * @param rules its table
 * @param fields what Kubernetes knows
 */
public record TableAssessor(String name, FieldRules rules, PodFields fields) implements Assessor {

  @Override
  public Fit assess(Workload workload, Bundle bundle) {
    return Fit.of(findings(workload));
  }

  /** In the order of the text. */
  public List<Finding> findings(Workload workload) {
    List<Finding> findings = new ArrayList<>(rules.apply(workload));
    for (Node node : fields.unknown(workload)) {
      findings.add(
          new Finding(
              name + ".unknown-field",
              Severity.WARNING,
              node.place(),
              "This field is not known, so nothing is said about it.",
              "Check its spelling.",
              true));
    }
    return inOrder(findings);
  }

  /** Sorts by place, then id. */
  public static List<Finding> inOrder(List<Finding> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparing((Finding f) -> f.place().file())
                .thenComparingInt(f -> f.place().line())
                .thenComparing(Finding::id))
        .toList();
  }
}
