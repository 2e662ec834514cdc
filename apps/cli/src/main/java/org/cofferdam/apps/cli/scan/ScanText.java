// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.io.PrintWriter;
import java.util.Map;
import org.cofferdam.workload.advisor.scan.ScanReport;
import org.cofferdam.workload.advisor.scan.ScannedWorkload;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;

/** A scan for people. */
final class ScanText {
  private final PrintWriter out;

  ScanText(PrintWriter out) {
    this.out = out;
  }

  void print(ScanReport report) {
    for (ScannedWorkload scanned : report.workloads()) {
      out.printf(
          "%s %s (%s)%n",
          scanned.workload().kind(), scanned.workload().id(), scanned.workload().place());
      for (Map.Entry<String, Fit> entry : scanned.fits().entrySet()) {
        out.printf("  %-8s %s%n", entry.getKey(), words(entry.getValue().verdict()));
        for (Finding finding : entry.getValue().findings()) {
          out.printf(
              "    %-7s %s %s%n            %s%n",
              finding.severity().word(), finding.place(), finding.id(), finding.message());
          if (!finding.fix().isEmpty()) {
            out.printf("            fix: %s%n", finding.fix());
          }
        }
      }
    }
    for (Problem problem : report.problems()) {
      out.printf("not read: %s:%d: %s%n", problem.file(), problem.line(), problem.message());
    }
    if (report.workloads().isEmpty()) {
      out.println("There is no workload in what was given.");
    }
  }

  private static String words(Fit.Verdict verdict) {
    return verdict.word().replace('-', ' ');
  }
}
