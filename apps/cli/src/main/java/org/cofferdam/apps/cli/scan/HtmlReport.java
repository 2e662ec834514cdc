// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.workload.advisor.scan.EndOfLife;
import org.cofferdam.workload.advisor.scan.ScanReport;
import org.cofferdam.workload.advisor.scan.ScannedWorkload;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.Severity;
import org.cofferdam.workload.pattern.influence.Influence;
import org.cofferdam.workload.pattern.influence.Reach;

/** A report as one page that needs nothing beside itself and runs no script. */
final class HtmlReport {
  private static final List<String> VIEWS =
      List.of(Influence.TODAY, "process", "pod", "cluster", "managed");
  private static final int MOST_FREQUENT = 12;

  private final ScanReport report;
  private final StringBuilder out = new StringBuilder();

  private HtmlReport(ScanReport report) {
    this.report = report;
  }

  static String of(ScanReport report) {
    HtmlReport html = new HtmlReport(report);
    html.page();
    return html.out.toString();
  }

  private void page() {
    out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
        .append("<title>Cofferdam scan</title><style>")
        .append(css())
        .append("</style></head><body><main><h1>Does it work with my containers?</h1>")
        .append(
            "<p class=\"soft\">Which of the four units of isolation each workload fits, what it takes, and who can still reach it.</p>");
    figures();
    out.append("<div class=\"cards\">");
    fits();
    open();
    out.append("</div>");
    overview();
    frequent();
    out.append("<h2>Workload by workload</h2>");
    report.workloads().forEach(this::workload);
    register();
    grants();
    problems();
    out.append("</main></body></html>\n");
  }

  private void figures() {
    long ends = report.workloads().stream().filter(w -> !w.endings().isEmpty()).count();
    long inputs = report.workloads().stream().mapToLong(w -> w.inputs().size()).sum();
    out.append("<div class=\"big\">");
    figure(report.workloads().size(), "workloads");
    figure(inputs, "inputs nobody measures today");
    figure(ends, "on a path that ends");
    figure(report.problems().size(), "inputs not read");
    out.append("</div>");
  }

  private void figure(long number, String what) {
    out.append("<div><b>").append(number).append("</b><span class=\"soft\">");
    out.append(escape(what)).append("</span></div>");
  }

  private void fits() {
    List<Charts.Row> rows = new ArrayList<>();
    report
        .counts()
        .forEach(
            (pattern, counts) ->
                rows.add(
                    new Charts.Row(
                        pattern,
                        List.of(
                            (long) counts.getOrDefault(Fit.Verdict.FITS, 0),
                            (long) counts.getOrDefault(Fit.Verdict.FITS_AFTER_CHANGES, 0),
                            (long) counts.getOrDefault(Fit.Verdict.DOES_NOT_FIT, 0)))));
    out.append("<div class=\"card\"><h3>Workloads by pattern</h3>")
        .append(Charts.bars(rows, List.of("ok", "mid", "no")));
    key("--ok", "fits", "--mid", "fits after changes", "--no", "does not fit");
    out.append("</div>");
  }

  private void open() {
    List<Charts.Row> rows = new ArrayList<>();
    for (String view : VIEWS) {
      long hardware = count(view, Reach.HARDWARE);
      long policy = count(view, Reach.POLICY) + count(view, Reach.NONE);
      long admission = count(view, Reach.ADMISSION);
      rows.add(new Charts.Row(view, List.of(hardware, policy, admission, count(view, Reach.OPEN))));
    }
    out.append("<div class=\"card\"><h3>Ways in, of all workloads together</h3>")
        .append(Charts.bars(rows, List.of("hw", "ok", "mid", "open")));
    key(
        "--hw", "blocked by hardware",
        "--ok", "by measured policy",
        "--mid", "by admission only",
        "--no", "open");
    out.append("</div>");
  }

  private long count(String view, Reach reach) {
    return report.workloads().stream()
        .flatMap(w -> w.influences().stream())
        .filter(i -> i.under(view) == reach)
        .count();
  }

  private void key(String... pairs) {
    out.append("<div class=\"key\">");
    for (int i = 0; i < pairs.length; i += 2) {
      out.append("<span><i style=\"background:var(")
          .append(pairs[i])
          .append(")\"></i>")
          .append(escape(pairs[i + 1]))
          .append("</span>");
    }
    out.append("</div>");
  }

  private void overview() {
    boolean advice = report.workloads().stream().anyMatch(w -> w.advice().isPresent());
    out.append("<h2>Overview</h2><div class=\"wide\"><table><tr><th>Workload</th>");
    ScanText.PATTERNS.forEach(p -> out.append("<th>").append(p).append("</th>"));
    out.append("<th>Open today</th><th>as pod</th>")
        .append(advice ? "<th>Advice</th>" : "")
        .append("</tr>");
    for (ScannedWorkload w : report.workloads()) {
      out.append("<tr><td>").append(escape(title(w))).append("</td>");
      for (String pattern : ScanText.PATTERNS) {
        Fit fit = w.fits().get(pattern);
        out.append("<td>").append(fit == null ? "" : chip(fit)).append("</td>");
      }
      out.append("<td>")
          .append(ScanText.open(w, Influence.TODAY))
          .append("</td><td>")
          .append(ScanText.openAsPod(w))
          .append("</td>");
      w.advice()
          .ifPresent(
              a ->
                  out.append("<td><b>")
                      .append(escape(a.pattern().orElse("none fits")))
                      .append("</b></td>"));
      out.append("</tr>");
    }
    out.append("</table></div>");
  }

  private void frequent() {
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, Finding> samples = new TreeMap<>();
    report.workloads().stream()
        .flatMap(w -> w.fits().values().stream())
        .flatMap(f -> f.findings().stream())
        .filter(f -> f.severity() == Severity.ERROR)
        .forEach(
            f -> {
              counts.merge(f.id(), 1, Integer::sum);
              samples.putIfAbsent(f.id(), f);
            });
    if (counts.isEmpty()) {
      return;
    }
    out.append(
        "<h2>What stands in the way most often</h2><div class=\"wide\"><table><tr><th>Times</th><th>Finding</th><th>What happens</th><th>What to do</th></tr>");
    counts.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Integer> e) -> -e.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(MOST_FREQUENT)
        .forEach(
            e -> {
              Finding sample = samples.get(e.getKey());
              out.append("<tr><td>")
                  .append(e.getValue())
                  .append("</td><td><code>")
                  .append(escape(e.getKey()))
                  .append("</code></td><td>")
                  .append(sample == null ? "" : escape(sample.message()))
                  .append("</td><td>")
                  .append(sample == null ? "" : escape(sample.fix()))
                  .append("</td></tr>");
            });
    out.append("</table></div>");
  }

  private void workload(ScannedWorkload w) {
    out.append("<details><summary><b>").append(escape(title(w))).append("</b>");
    w.fits().forEach((name, fit) -> out.append(chip(name, fit)));
    out.append("</summary><p class=\"soft\">")
        .append(escape(w.workload().place().toString()))
        .append(", ")
        .append(w.fields())
        .append(" values read</p>");
    w.advice()
        .ifPresent(
            a ->
                out.append("<p>By the answers given: <b>")
                    .append(escape(a.pattern().orElse("none fits")))
                    .append("</b>, best evidence ")
                    .append(escape(a.advice().outlook().grade()))
                    .append("</p>"));
    for (EndOfLife.Warning ending : w.endings()) {
      out.append("<div class=\"f error\">")
          .append(escape(ending.entry().what()))
          .append(" <span class=\"soft\">since ")
          .append(escape(ending.entry().since() + ", " + ending.entry().source()))
          .append("</span><br><span class=\"fix\">")
          .append(escape(ending.entry().wayOff()))
          .append("</span></div>");
    }
    w.fits().forEach((name, fit) -> fit(w, name, fit));
    if (!w.inputs().isEmpty()) {
      out.append("<h4>What nobody measures today</h4>");
      w.inputs().forEach(this::finding);
    }
    out.append("</details>");
  }

  private void fit(ScannedWorkload w, String name, Fit fit) {
    out.append("<h4>").append(escape(name)).append(' ').append(chip(fit)).append("</h4>");
    var effort = w.efforts().get(name);
    if (effort != null) {
      int person = effort.byPerson().values().stream().mapToInt(Integer::intValue).sum();
      out.append("<p class=\"soft\">Changes: ")
          .append(effort.changes() - person)
          .append(" by Cofferdam, ")
          .append(person)
          .append(" by you; to watch: ")
          .append(effort.watch());
      effort
          .memoryMib()
          .ifPresent(
              r -> out.append("; memory +%d to +%d MiB a replica".formatted(r.least(), r.most())));
      effort
          .startSeconds()
          .ifPresent(r -> out.append("; start +%d to +%d s".formatted(r.least(), r.most())));
      out.append("</p>");
    }
    fit.findings().forEach(this::finding);
  }

  private void finding(Finding finding) {
    out.append("<div class=\"f ")
        .append(finding.severity().word())
        .append("\"><span class=\"at\">")
        .append(escape(finding.id() + "  " + finding.place() + " " + finding.place().pointer()))
        .append("</span><br>")
        .append(escape(finding.message()));
    if (!finding.fix().isEmpty()) {
      out.append(" <span class=\"fix\">").append(escape(finding.fix())).append("</span>");
    }
    out.append("</div>");
  }

  private void register() {
    List<Influence> entries =
        report.workloads().stream().flatMap(w -> w.influences().stream()).distinct().toList();
    if (entries.isEmpty()) {
      return;
    }
    out.append(
        "<h2>Who can still reach what</h2><p class=\"soft\">Only hardware and measured policy count against a control plane that is not trusted; admission is a rule that it runs itself.</p><div class=\"wide\"><table><tr><th>Can</th><th>Who</th>");
    VIEWS.forEach(v -> out.append("<th>").append(v).append("</th>"));
    out.append("</tr>");
    for (Influence entry : entries) {
      out.append("<tr><td>")
          .append(escape(entry.power()))
          .append("</td><td>")
          .append(escape(entry.who()))
          .append("</td>");
      for (String view : VIEWS) {
        String word = entry.under(view).word();
        out.append("<td><span class=\"chip c-")
            .append(word)
            .append("\">")
            .append(word)
            .append("</span></td>");
      }
      out.append("</tr>");
    }
    out.append("</table></div>");
  }

  private void grants() {
    if (!report.execRights().isEmpty()) {
      out.append(
          "<h2>Who may run commands in pods</h2><table><tr><th>Subject</th><th>Role</th><th>Namespace</th></tr>");
      report
          .execRights()
          .forEach(
              g ->
                  out.append("<tr><td>")
                      .append(escape(g.subject()))
                      .append("</td><td>")
                      .append(escape(g.role()))
                      .append("</td><td>")
                      .append(escape(g.namespace()))
                      .append("</td></tr>"));
      out.append("</table>");
    }
  }

  private void problems() {
    if (!report.problems().isEmpty()) {
      out.append("<h2>Not read</h2>");
      report
          .problems()
          .forEach(
              p ->
                  out.append("<div class=\"f error\"><span class=\"at\">")
                      .append(escape(p.file() + ":" + p.line()))
                      .append("</span><br>")
                      .append(escape(p.message()))
                      .append(" <span class=\"fix\">")
                      .append(escape(p.fix()))
                      .append("</span></div>"));
    }
  }

  private static String title(ScannedWorkload w) {
    return w.workload().kind() + " " + w.workload().id();
  }

  private static String chip(Fit fit) {
    return "<span class=\"chip c-%s\">%s</span>"
        .formatted(fit.verdict().word(), ScanText.words(fit.verdict()));
  }

  private static String chip(String name, Fit fit) {
    return "<span class=\"chip c-%s\" title=\"%s\">%s</span>"
        .formatted(fit.verdict().word(), ScanText.words(fit.verdict()), escape(name));
  }

  /** Nothing that a manifest says becomes markup. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String css() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("there is no report.css");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
