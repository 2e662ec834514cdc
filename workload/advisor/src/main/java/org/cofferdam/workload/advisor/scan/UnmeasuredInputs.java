// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import java.util.List;
import java.util.Optional;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.rules.FieldRules;
import org.cofferdam.workload.pattern.rules.TableAssessor;

/** What enters a workload today without anybody measuring it. */
public final class UnmeasuredInputs {
  private static final FieldRules RULES =
      FieldRules.load(UnmeasuredInputs.class, "unmeasured-inputs.txt");

  private UnmeasuredInputs() {}

  /** In the order of the text. */
  public static List<Finding> of(Workload workload) {
    return TableAssessor.inOrder(RULES.apply(workload));
  }

  /** What an id means. */
  public static Optional<FieldRules.Explanation> explain(String id) {
    return RULES.explain(id);
  }

  /** The ids that can be found. */
  public static List<String> ids() {
    return RULES.ids();
  }
}
