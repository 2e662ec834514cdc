// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.advisor.scan.ScanReport;
import org.cofferdam.workload.advisor.scan.ScannedWorkload;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;

/** A report in SARIF 2.1.0, as code hosts show it beside the lines. */
final class Sarif {
  private final Map<String, Json> rules = new LinkedHashMap<>();
  private final List<Json> results = new ArrayList<>();

  private Sarif() {}

  static Json of(ScanReport report) {
    Sarif sarif = new Sarif();
    for (ScannedWorkload workload : report.workloads()) {
      for (Map.Entry<String, Fit> fit : workload.fits().entrySet()) {
        fit.getValue().findings().forEach(f -> sarif.finding(f, workload, fit.getKey()));
      }
      workload.inputs().forEach(f -> sarif.finding(f, workload, "today"));
    }
    report.problems().forEach(sarif::problem);
    Json driver =
        Json.object()
            .put("name", "cofferdam")
            .put("rules", Json.array(List.copyOf(sarif.rules.values())))
            .build();
    Json run =
        Json.object()
            .put("tool", Json.object().put("driver", driver).build())
            .put("columnKind", "utf16CodeUnits")
            .put("results", Json.array(sarif.results))
            .build();
    return Json.object()
        .put("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
        .put("version", "2.1.0")
        .put("runs", Json.array(List.of(run)))
        .build();
  }

  private void finding(Finding finding, ScannedWorkload workload, String pattern) {
    rules.putIfAbsent(
        finding.id(),
        Json.object()
            .put("id", finding.id())
            .put("shortDescription", text(finding.message()))
            .put("help", text(finding.fix().isEmpty() ? finding.message() : finding.fix()))
            .build());
    String level =
        switch (finding.severity()) {
          case ERROR -> "error";
          case WARNING -> "warning";
          case INFO -> "note";
        };
    results.add(
        Json.object()
            .put("ruleId", finding.id())
            .put("level", level)
            .put(
                "message",
                text(finding.message() + (finding.fix().isEmpty() ? "" : " " + finding.fix())))
            .put("locations", location(finding.place().file(), finding.place().line()))
            .put(
                "properties",
                Json.object()
                    .put("pattern", pattern)
                    .put("workload", workload.workload().id())
                    .put("pointer", finding.place().pointer())
                    .build())
            .build());
  }

  private void problem(Problem problem) {
    rules.putIfAbsent(
        "input",
        Json.object()
            .put("id", "input")
            .put("shortDescription", text("An input could not be read."))
            .build());
    results.add(
        Json.object()
            .put("ruleId", "input")
            .put("level", "error")
            .put("message", text(problem.message()))
            .put("locations", location(problem.file(), problem.line()))
            .build());
  }

  private static Json location(String file, int line) {
    Json physical =
        Json.object()
            .put("artifactLocation", Json.object().put("uri", file).build())
            .put("region", Json.object().put("startLine", Math.max(1, line)).build())
            .build();
    return Json.array(List.of(Json.object().put("physicalLocation", physical).build()));
  }

  private static Json text(String text) {
    return Json.object().put("text", text).build();
  }
}
