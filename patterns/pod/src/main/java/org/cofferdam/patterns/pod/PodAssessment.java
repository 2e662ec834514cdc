// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Finding;

/** What the pod pattern has to say about a workload. */
final class PodAssessment {
  private final List<Finding> findings = new ArrayList<>();

  PodAssessment(Workload workload, Bundle bundle) {}

  List<Finding> findings() {
    return findings;
  }
}
