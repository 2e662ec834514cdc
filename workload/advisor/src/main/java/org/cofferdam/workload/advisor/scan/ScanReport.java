// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.pattern.Severity;

/**
 * The answer of a scan.
 *
 * @param workloads in the order of the text
 * @param problems inputs that were not read
 */
public record ScanReport(List<ScannedWorkload> workloads, List<Problem> problems) {
  public ScanReport {
    workloads = List.copyOf(workloads);
    problems = List.copyOf(problems);
  }

  /**
   * A workload has a finding of this severity or a higher one under every pattern, or an input
   * could not be read.
   */
  public boolean reaches(Severity threshold) {
    return !problems.isEmpty()
        || workloads.stream()
            .anyMatch(
                w ->
                    w.fits().values().stream()
                        .allMatch(
                            fit ->
                                fit.findings().stream()
                                    .anyMatch(f -> f.severity().compareTo(threshold) <= 0)));
  }

  public Json toJson() {
    return Json.object()
        .put("workloads", Json.array(workloads.stream().map(ScannedWorkload::toJson).toList()))
        .put("problems", Json.array(problems.stream().map(Problem::toJson).toList()))
        .build();
  }
}
