// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.util.Map;
import org.cofferdam.workload.advisor.scan.ScanReport;
import org.cofferdam.workload.advisor.scan.ScannedWorkload;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.Severity;
import org.cofferdam.workload.pattern.influence.Influence;

/** A report as Markdown, for merge requests. */
final class MarkdownText {
  private final StringBuilder out = new StringBuilder();

  private MarkdownText() {}

  static String of(ScanReport report) {
    MarkdownText text = new MarkdownText();
    text.print(report);
    return text.out.toString();
  }

  private void print(ScanReport report) {
    out.append("# Cofferdam scan\n\n")
        .append("| workload | process | pod | cluster | managed | open today | open as pod |\n")
        .append("|---|---|---|---|---|---|---|\n");
    for (ScannedWorkload w : report.workloads()) {
      out.append("| ").append(cell(w.workload().kind() + " " + w.workload().id()));
      for (String pattern : ScanText.PATTERNS) {
        Fit fit = w.fits().get(pattern);
        out.append(" | ").append(fit == null ? "" : ScanText.words(fit.verdict()));
      }
      out.append(" | ")
          .append(ScanText.open(w, Influence.TODAY))
          .append(" | ")
          .append(ScanText.openAsPod(w))
          .append(" |\n");
    }
    for (ScannedWorkload w : report.workloads()) {
      out.append("\n## ")
          .append(cell(w.workload().kind() + " " + w.workload().id()))
          .append("\n\n");
      for (Map.Entry<String, Fit> entry : w.fits().entrySet()) {
        out.append("* **")
            .append(entry.getKey())
            .append("**: ")
            .append(ScanText.words(entry.getValue().verdict()))
            .append('\n');
        entry.getValue().findings().stream()
            .filter(f -> f.severity() != Severity.INFO)
            .forEach(this::finding);
      }
    }
    if (!report.problems().isEmpty()) {
      out.append("\n## Not read\n\n");
      report
          .problems()
          .forEach(
              p ->
                  out.append("* ")
                      .append(cell(p.file() + ":" + p.line() + ": " + p.message() + " " + p.fix()))
                      .append('\n'));
    }
  }

  private void finding(Finding finding) {
    out.append("  * ")
        .append(finding.severity().word())
        .append(" `")
        .append(finding.id())
        .append("` ")
        .append(cell(finding.place().toString()))
        .append(": ")
        .append(cell(finding.message()))
        .append(finding.fix().isEmpty() ? "" : " *" + cell(finding.fix()) + "*")
        .append('\n');
  }

  /** What a manifest says must not become markup. */
  private static String cell(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("`", "'")
        .replace("[", "\\[")
        .replace('\n', ' ');
  }
}
