// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cofferdam.workload.advisor.scan.EndOfLife;
import org.cofferdam.workload.advisor.scan.ExecRights;
import org.cofferdam.workload.advisor.scan.ScanReport;
import org.cofferdam.workload.advisor.scan.ScannedWorkload;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.Severity;
import org.cofferdam.workload.pattern.influence.Influence;

/** A scan for people: one table that fits the terminal, then what to do. */
final class ScanText {
  static final List<String> PATTERNS = List.of("process", "pod", "cluster", "managed");

  /** With more workloads, findings are summed up unless details are asked for. */
  private static final int FEW = 5;

  private static final int VERDICT = 9;
  private static final int TOP = 10;

  private final PrintWriter out;
  private final Ink ink;
  private final int width;
  private final boolean details;

  ScanText(PrintWriter out, Ink ink, int width, boolean details) {
    this.out = out;
    this.ink = ink;
    this.width = Math.max(60, width);
    this.details = details;
  }

  void print(ScanReport report) {
    if (report.workloads().isEmpty()) {
      out.println("There is no workload in what was given.");
    } else {
      table(report);
      legend(report);
      if (details || report.workloads().size() <= FEW) {
        report.workloads().forEach(this::workload);
      } else {
        top(report);
      }
    }
    grants(report);
    for (Problem problem : report.problems()) {
      out.println();
      out.println(
          ink.red("not read ")
              + clean(problem.file())
              + ":"
              + problem.line()
              + ": "
              + clean(problem.message()));
      if (!problem.fix().isEmpty()) {
        wrapped("  fix: ", problem.fix());
      }
    }
  }

  private void table(ScanReport report) {
    boolean advice = report.workloads().stream().anyMatch(w -> w.advice().isPresent());
    int rest = 4 * VERDICT + 14 + (advice ? 10 : 0);
    int name = Math.max(16, Math.min(width - rest, longest(report)));
    out.println(
        ink.bold(
            pad("WORKLOAD", name)
                + pad(" PROCESS", VERDICT)
                + pad(" POD", VERDICT)
                + pad(" CLUSTER", VERDICT)
                + pad(" MANAGED", VERDICT)
                + " OPEN NOW→POD"
                + (advice ? " ADVICE" : "")));
    for (ScannedWorkload w : report.workloads()) {
      StringBuilder row = new StringBuilder(pad(cut(title(w), name), name));
      for (String pattern : PATTERNS) {
        Fit fit = w.fits().get(pattern);
        row.append(' ').append(fit == null ? pad("", VERDICT - 1) : verdict(fit));
      }
      row.append(' ').append(pad(open(w, Influence.TODAY) + " → " + openAsPod(w), 12));
      w.advice().ifPresent(a -> row.append(' ').append(ink.bold(a.pattern().orElse("none fits"))));
      out.println(row.toString().stripTrailing());
    }
  }

  private static int longest(ScanReport report) {
    return report.workloads().stream().mapToInt(w -> title(w).length()).max().orElse(0);
  }

  private void legend(ScanReport report) {
    out.println();
    StringBuilder counts = new StringBuilder();
    report
        .counts()
        .forEach(
            (pattern, verdicts) ->
                counts
                    .append(counts.isEmpty() ? "" : ", ")
                    .append(pattern)
                    .append(' ')
                    .append(verdicts.getOrDefault(Fit.Verdict.FITS, 0))
                    .append('+')
                    .append(verdicts.getOrDefault(Fit.Verdict.FITS_AFTER_CHANGES, 0)));
    out.println(
        report.workloads().size() + " workloads; fit as they are + after changes: " + counts + ".");
    out.println(
        "OPEN counts the ways in which control plane, administrators or provider reach it: now, and as a pod.");
  }

  private void workload(ScannedWorkload w) {
    out.println();
    out.println(ink.bold(title(w)) + ink.dim("  " + clean(w.workload().place().toString())));
    for (Map.Entry<String, Fit> entry : w.fits().entrySet()) {
      Fit fit = entry.getValue();
      out.println("  " + pad(entry.getKey(), 8) + " " + verdict(fit) + effort(w, entry.getKey()));
      for (Finding finding : fit.findings()) {
        if (details || finding.severity() != Severity.INFO) {
          finding(finding);
        }
      }
    }
    if (!w.inputs().isEmpty()) {
      out.println("  " + ink.bold("nobody measures today"));
      w.inputs().forEach(f -> wrapped("    ", f.place() + " " + f.message()));
    }
    for (EndOfLife.Warning warning : w.endings()) {
      wrapped(
          "  " + ink.red("ends") + "  ", warning.entry().what() + " " + warning.entry().wayOff());
    }
  }

  private String effort(ScannedWorkload w, String pattern) {
    var effort = w.efforts().get(pattern);
    if (effort == null) {
      return "";
    }
    int person = effort.byPerson().values().stream().mapToInt(Integer::intValue).sum();
    String memory =
        effort
            .memoryMib()
            .filter(r -> r.most() > 0)
            .map(r -> ", +" + r.least() + "–" + r.most() + " MiB")
            .orElse("");
    return ink.dim(
        "  " + (effort.changes() - person) + " changes by us, " + person + " by you" + memory);
  }

  private void finding(Finding finding) {
    String head =
        switch (finding.severity()) {
          case ERROR -> ink.red("error  ");
          case WARNING -> ink.yellow("warning");
          case INFO -> ink.dim("info   ");
        };
    out.println("    " + head + " " + clean(finding.place().toString()) + " " + finding.id());
    wrapped("            ", finding.message());
    if (!finding.fix().isEmpty()) {
      wrapped("            fix: ", finding.fix());
    }
  }

  private void top(ScanReport report) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, Finding> samples = new LinkedHashMap<>();
    report.workloads().stream()
        .flatMap(w -> w.fits().values().stream())
        .flatMap(f -> f.findings().stream())
        .filter(f -> f.severity() == Severity.ERROR)
        .forEach(
            f -> {
              counts.merge(f.id(), 1, Integer::sum);
              samples.putIfAbsent(f.id(), f);
            });
    List<Map.Entry<String, Integer>> order = new ArrayList<>(counts.entrySet());
    order.sort(
        Comparator.comparingInt((Map.Entry<String, Integer> e) -> -e.getValue())
            .thenComparing(Map.Entry::getKey));
    out.println();
    out.println(ink.bold("What stands in the way most often"));
    order.stream()
        .limit(TOP)
        .forEach(
            e -> {
              out.println("  " + pad(e.getValue().toString(), 5) + " " + e.getKey());
              Finding sample = samples.get(e.getKey());
              if (sample != null) {
                wrapped("        fix: ", sample.fix());
              }
            });
    out.println();
    out.println("Every finding: --details, or --output html|json|markdown|sarif|yaml.");
  }

  private void grants(ScanReport report) {
    if (!report.execRights().isEmpty()) {
      out.println();
      out.println(ink.bold("May run commands in pods"));
      for (ExecRights.Grant grant : report.execRights()) {
        out.println(
            "  "
                + clean(grant.subject())
                + " in "
                + clean(grant.namespace())
                + ink.dim(" (" + clean(grant.role()) + ")"));
      }
    }
  }

  private String verdict(Fit fit) {
    return switch (fit.verdict()) {
      case FITS -> ink.green(pad("● fits", VERDICT - 1));
      case FITS_AFTER_CHANGES -> ink.yellow(pad("◐ change", VERDICT - 1));
      case DOES_NOT_FIT -> ink.red(pad("○ no", VERDICT - 1));
    };
  }

  static String words(Fit.Verdict verdict) {
    return verdict.word().replace('-', ' ');
  }

  static long open(ScannedWorkload workload, String pattern) {
    return workload.influences().stream().filter(i -> !i.under(pattern).blocked()).count();
  }

  /** A dash where the workload cannot be a confidential pod. */
  static String openAsPod(ScannedWorkload workload) {
    Fit fit = workload.fits().get("pod");
    return fit == null || fit.verdict() == Fit.Verdict.DOES_NOT_FIT
        ? "–"
        : Long.toString(open(workload, "pod"));
  }

  private static String title(ScannedWorkload w) {
    return clean(w.workload().kind().toLowerCase(Locale.ROOT) + " " + w.workload().id());
  }

  private void wrapped(String indent, String text) {
    int room = Math.max(30, width - indent.length());
    String rest = clean(text);
    String lead = indent;
    while (rest.length() > room) {
      int cut = rest.lastIndexOf(' ', room);
      cut = cut <= 0 ? room : cut;
      out.println(lead + rest.substring(0, cut));
      rest = rest.substring(cut).strip();
      lead = " ".repeat(indent.startsWith("            fix") ? 17 : indent.length());
    }
    out.println(lead + rest);
  }

  /** What a manifest says must not steer the terminal. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static String cut(String text, int room) {
    return text.length() <= room ? text : text.substring(0, room - 1) + "…";
  }

  private static String pad(String text, int room) {
    return text + " ".repeat(Math.max(0, room - text.length()));
  }
}
