// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.advisor.advise.Advice;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.influence.Influence;

/**
 * One workload with its verdicts.
 *
 * @param workload it
 * @param fields how many values its document has, all of them looked at
 * @param fits by name of the pattern
 * @param efforts by name of the pattern
 * @param inputs that nobody measures today
 * @param influences that matter for it
 * @param endings dying paths that it is on
 * @param advice for it alone, where answers were given
 */
public record ScannedWorkload(
    Workload workload,
    int fields,
    Map<String, Fit> fits,
    Map<String, Effort> efforts,
    List<Finding> inputs,
    List<Influence> influences,
    List<EndOfLife.Warning> endings,
    Optional<Recommendation> advice) {
  public ScannedWorkload {
    fits = Collections.unmodifiableMap(new LinkedHashMap<>(fits));
    efforts = Collections.unmodifiableMap(new LinkedHashMap<>(efforts));
    inputs = List.copyOf(inputs);
    influences = List.copyOf(influences);
    endings = List.copyOf(endings);
  }

  /**
   * @param pattern that the rules prefer among those that the workload fits, or empty
   * @param advice of the rules alone
   */
  public record Recommendation(Optional<String> pattern, Advice advice) {}

  public Json toJson() {
    Json.Builder patterns = Json.object();
    fits.forEach(
        (name, fit) -> {
          Json.Builder entry =
              Json.object()
                  .put("verdict", fit.verdict().word())
                  .put(
                      "findings",
                      Json.array(fit.findings().stream().map(Finding::toJson).toList()));
          Effort effort = efforts.get(name);
          if (effort != null) {
            entry.put("effort", effort.toJson());
          }
          entry.put("open", influences.stream().filter(i -> !i.under(name).blocked()).count());
          patterns.put(name, entry.build());
        });
    Json.Builder json =
        Json.object()
            .put("name", workload.name())
            .put("namespace", workload.namespace())
            .put("kind", workload.kind())
            .put("file", workload.place().file())
            .put("line", workload.place().line())
            .put("fields", fields)
            .put("patterns", patterns.build())
            .put("unmeasuredInputs", Json.array(inputs.stream().map(Finding::toJson).toList()))
            .put(
                "openToday",
                influences.stream().filter(i -> !i.under(Influence.TODAY).blocked()).count())
            .put("influence", Json.array(influences.stream().map(Influence::toJson).toList()))
            .put("endOfLife", Json.array(endings.stream().map(EndOfLife.Warning::toJson).toList()));
    advice.ifPresent(
        a ->
            json.put("recommended", Json.nullable(a.pattern().orElse(null)))
                .put("advice", a.advice().toJson()));
    return json.build();
  }
}
