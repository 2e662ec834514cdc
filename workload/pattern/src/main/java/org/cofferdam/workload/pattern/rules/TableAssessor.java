// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Assessor;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;

/**
 * An assessment of which a table says everything.
 *
 * @param name of the pattern
 * @param rules its table
 */
public record TableAssessor(String name, FieldRules rules) implements Assessor {

  @Override
  public Fit assess(Workload workload, Bundle bundle) {
    return Fit.of(findings(workload, bundle));
  }

  /** In the order of the text. */
  public List<Finding> findings(Workload workload, Bundle bundle) {
    List<Finding> findings = new ArrayList<>(rules.apply(workload));
    findings.addAll(SchemaFindings.of(name, workload));
    findings.addAll(ManifestRules.of(workload, bundle));
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
