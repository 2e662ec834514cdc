// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Place;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Span;

/**
 * One edit that a conversion makes in a manifest: a piece of its text is replaced, everything else,
 * comments and order too, stays as it is.
 *
 * @param place the field
 * @param span the text that goes
 * @param before that text for people; empty where it is secret
 * @param after the text that comes
 * @param why one sentence
 */
public record Change(Place place, Span span, String before, String after, String why) {

  /**
   * The source with all changes that are for it. A change that two places share (by a YAML alias)
   * is made once.
   *
   * @throws IllegalArgumentException where two changes want different things of one text
   */
  public static String apply(Source source, List<Change> changes) {
    Map<Span, String> edits = new LinkedHashMap<>();
    for (Change change : changes) {
      if (change.place().file().equals(source.name())) {
        String other = edits.put(change.span(), change.after());
        if (other != null && !other.equals(change.after())) {
          throw new IllegalArgumentException("two changes of " + change.place());
        }
      }
    }
    List<Map.Entry<Span, String>> order = new ArrayList<>(edits.entrySet());
    order.sort(Comparator.comparingInt(e -> e.getKey().start()));
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Map.Entry<Span, String> edit : order) {
      if (edit.getKey().start() < at) {
        throw new IllegalArgumentException("two changes overlap in " + source.name());
      }
      text.append(source.text(), at, edit.getKey().start()).append(edit.getValue());
      at = edit.getKey().end();
    }
    return text.append(source.text(), at, source.text().length()).toString();
  }

  public Json toJson() {
    return Json.object()
        .put("file", place.file())
        .put("line", place.line())
        .put("pointer", place.pointer())
        .put("before", before)
        .put("after", after)
        .put("why", why)
        .build();
  }
}
