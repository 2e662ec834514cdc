// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.pattern.OpenEntry;
import org.jspecify.annotations.Nullable;

/**
 * How {@code up} ended.
 *
 * @param released names of the secrets that the unit was given
 * @param checks every check of the verdict that the server reports, as JSON
 * @param failed the check that decided a refusal, or null
 * @param record the decision in the log, proven; empty where nothing was decided
 * @param url where the service answers, or null
 * @param timeline steps with durations
 * @param grade what this machine's evidence is worth
 * @param open what the control plane could still do
 * @param marks what is insecure about this result
 */
record Outcome(
    List<String> released,
    List<Json.Obj> checks,
    Json.@Nullable Obj failed,
    Optional<RecordProof> record,
    @Nullable String url,
    Timeline timeline,
    String grade,
    List<OpenEntry> open,
    List<String> marks) {

  boolean accepted() {
    return failed == null;
  }

  Json toJson() {
    return Json.object()
        .put("verdict", accepted() ? "accepted" : "refused")
        .put("released", Json.strings(released))
        .put("url", Json.nullable(url))
        .put("record", record.map(RecordProof::toJson).orElse(Json.Null.NULL))
        .put("timeline", timeline.toJson())
        .put("totalMillis", timeline.total().toMillis())
        .put("grade", grade)
        .put("open", Json.array(open.stream().map(OpenEntry::toJson).toList()))
        .put("failedCheck", Json.nullable(failed == null ? null : failed.string("id")))
        .put("checks", Json.array(checks))
        .put("insecure", Json.strings(marks))
        .build();
  }

  void print(PrintStream out) {
    out.println();
    for (Json.Obj check : checks) {
      String outcome = check.string("outcome");
      out.printf("  %-8s %s%n", outcome, check.string("id"));
      if (!outcome.equals("passed")) {
        out.println("           expected  " + shortened(check.string("expected")));
        out.println("           found     " + shortened(check.string("found")));
        out.println("           why       " + check.string("why"));
        out.println("           remedy    " + check.string("remedy"));
      }
    }
    out.println();
    if (failed == null) {
      out.println(
          "Released   "
              + (released.isEmpty()
                  ? "nothing: the workload has no secrets"
                  : String.join(", ", released)));
    } else {
      out.println("REFUSED    by " + failed.string("id") + "; no secret was released");
    }
    record.ifPresent(
        r ->
            out.println(
                "Record     "
                    + r.index()
                    + " in the log, inclusion proven under the log's signed checkpoint"));
    if (url != null) {
      out.println("Service    " + url);
    }
    if (!open.isEmpty()) {
      out.println("Still open to the control plane:");
      open.forEach(entry -> out.println("  - " + entry.id() + ": " + entry.why()));
    }
    out.println("Grade      " + grade);
    if (!marks.isEmpty()) {
      out.println("Marked     " + String.join(", ", marks));
    }
    out.printf("Total      %.1f s%n", timeline.total().toMillis() / 1000.0);
  }

  private static String shortened(String text) {
    return text.length() > 400 ? text.substring(0, 400) + "…" : text;
  }
}
