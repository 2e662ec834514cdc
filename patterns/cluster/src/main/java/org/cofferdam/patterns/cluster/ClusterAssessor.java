// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.cluster;

import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Assessor;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.rules.FieldRules;
import org.cofferdam.workload.pattern.rules.TableAssessor;

/** A whole cluster of confidential machines: whoever administers it is trusted. */
public final class ClusterAssessor implements Assessor {
  private static final TableAssessor TABLE =
      new TableAssessor("cluster", FieldRules.load(ClusterAssessor.class, "field-rules.txt"));

  @Override
  public String name() {
    return TABLE.name();
  }

  @Override
  public Fit assess(Workload workload, Bundle bundle) {
    return TABLE.assess(workload, bundle);
  }
}
