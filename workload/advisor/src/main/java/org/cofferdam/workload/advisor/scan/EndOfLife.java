// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Place;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.rules.TextTable;

/**
 * What is known of engines and platforms that end, dated and with its source.
 *
 * @param id stable
 * @param where it shows: image, runtimeClass, annotation, apiVersion or nodeSelector
 * @param text that must be in it
 * @param since when, as exactly as known
 * @param what happened
 * @param wayOff what to do
 * @param source where that is written
 */
public record EndOfLife(
    String id, String where, String text, String since, String what, String wayOff, String source) {

  /** The table of this version. */
  public static List<EndOfLife> load() {
    return TextTable.read(EndOfLife.class, "end-of-life.txt", 7).stream()
        .map(
            r ->
                new EndOfLife(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4), r.get(5), r.get(6)))
        .toList();
  }

  /** A workload is on a dying path. */
  public record Warning(EndOfLife entry, Place place) {
    public Json toJson() {
      return Json.object()
          .put("id", entry.id())
          .put("since", entry.since())
          .put("message", entry.what())
          .put("fix", entry.wayOff())
          .put("source", entry.source())
          .put("file", place.file())
          .put("line", place.line())
          .put("pointer", place.pointer())
          .build();
    }
  }

  /** Every entry that shows in the workload. */
  public static List<Warning> of(Workload workload, List<EndOfLife> table) {
    List<Warning> warnings = new ArrayList<>();
    for (EndOfLife entry : table) {
      entry
          .values(workload)
          .filter(v -> v.text.contains(entry.text()))
          .map(v -> new Warning(entry, v.place))
          .forEach(warnings::add);
    }
    return warnings;
  }

  private record Value(String text, Place place) {}

  private Stream<Value> values(Workload workload) {
    Node.Mapping spec = workload.pod().spec();
    return switch (where) {
      case "image" ->
          workload
              .pod()
              .all()
              .map(c -> new Value(c.image(), c.node().get("image").orElse(c.node()).place()));
      case "runtimeClass" ->
          spec.get("runtimeClassName").stream()
              .map(n -> new Value(n instanceof Node.Scalar s ? s.value() : "", n.place()));
      case "annotation" ->
          workload.pod().metadata().flatMap(m -> m.mapping("annotations")).stream()
              .flatMap(a -> a.members().entrySet().stream())
              .map(e -> new Value(e.getKey(), e.getValue().value().place()));
      case "apiVersion" -> Stream.of(new Value(workload.document().apiVersion(), workload.place()));
      case "nodeSelector" ->
          spec.mapping("nodeSelector").stream()
              .flatMap(a -> a.members().entrySet().stream())
              .map(
                  e ->
                      new Value(
                          e.getKey()
                              + "="
                              + (e.getValue().value() instanceof Node.Scalar s ? s.value() : ""),
                          e.getValue().value().place()));
      default -> throw new IllegalStateException("no place: " + where);
    };
  }
}
