// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Other;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.Severity;

/**
 * The answer of a scan.
 *
 * @param workloads in the order of the text
 * @param others documents that run nothing by themselves
 * @param execRights who may run commands in pods
 * @param problems inputs that were not read
 */
public record ScanReport(
    List<ScannedWorkload> workloads,
    List<Other> others,
    List<ExecRights.Grant> execRights,
    List<Problem> problems) {
  public ScanReport {
    workloads = List.copyOf(workloads);
    others = List.copyOf(others);
    execRights = List.copyOf(execRights);
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

  /** How many workloads have which verdict, by pattern. */
  public Map<String, Map<Fit.Verdict, Integer>> counts() {
    Map<String, Map<Fit.Verdict, Integer>> counts = new LinkedHashMap<>();
    for (ScannedWorkload workload : workloads) {
      workload
          .fits()
          .forEach(
              (name, fit) ->
                  counts
                      .computeIfAbsent(name, n -> new LinkedHashMap<>())
                      .merge(fit.verdict(), 1, Integer::sum));
    }
    return counts;
  }

  /** What several recommendations together suggest, by code of the advice's combinations. */
  public List<String> combinations() {
    Set<String> recommended = new TreeSet<>();
    workloads.forEach(
        w ->
            w.advice()
                .flatMap(ScannedWorkload.Recommendation::pattern)
                .ifPresent(recommended::add));
    List<String> codes = new ArrayList<>();
    if (recommended.contains("pod") && recommended.contains("managed")) {
      codes.add("PODS_BESIDE_MANAGED");
    }
    if (recommended.contains("pod") && recommended.contains("cluster")) {
      codes.add("POD_ON_CLUSTER");
    }
    if (recommended.equals(Set.of("managed"))
        && workloads.stream()
            .allMatch(
                w ->
                    w.fits().containsKey("pod")
                        && w.fits().get("pod").verdict() != Fit.Verdict.DOES_NOT_FIT)) {
      codes.add("MANAGED_NOW_POD_LATER");
    }
    return codes;
  }

  public Json toJson() {
    Json.Builder summary = Json.object().put("workloads", workloads.size());
    Json.Builder patterns = Json.object();
    counts()
        .forEach(
            (name, verdicts) -> {
              Json.Builder entry = Json.object();
              for (Fit.Verdict verdict : Fit.Verdict.values()) {
                entry.put(verdict.word(), verdicts.getOrDefault(verdict, 0));
              }
              patterns.put(name, entry.build());
            });
    summary.put("patterns", patterns.build());
    return Json.object()
        .put("workloads", Json.array(workloads.stream().map(ScannedWorkload::toJson).toList()))
        .put("problems", Json.array(problems.stream().map(Problem::toJson).toList()))
        .put("others", Json.array(others.stream().map(Other::toJson).toList()))
        .put("execRights", Json.array(execRights.stream().map(ExecRights.Grant::toJson).toList()))
        .put("combinations", Json.strings(combinations()))
        .put("summary", summary.build())
        .build();
  }
}
