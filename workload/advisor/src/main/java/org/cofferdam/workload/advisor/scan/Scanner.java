// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Assessor;
import org.cofferdam.workload.pattern.Fit;

/** Asks every pattern it was given about every workload of a bundle. */
public final class Scanner {
  private final List<? extends Assessor> patterns;

  public Scanner(List<? extends Assessor> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  public ScanReport scan(Bundle bundle) {
    List<ScannedWorkload> workloads = new ArrayList<>();
    for (Workload workload : bundle.workloads()) {
      Map<String, Fit> fits = new LinkedHashMap<>();
      for (Assessor pattern : patterns) {
        fits.put(pattern.name(), pattern.assess(workload, bundle));
      }
      workloads.add(new ScannedWorkload(workload, fits));
    }
    return new ScanReport(workloads, bundle.problems());
  }
}
