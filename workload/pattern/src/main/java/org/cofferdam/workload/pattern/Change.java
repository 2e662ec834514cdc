// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Place;

/**
 * One edit that a conversion makes, as an edit of the text that was given.
 *
 * @param place the field
 * @param before its text until now; empty where something is added or where the text is secret
 * @param after its new text; empty where it is taken out
 * @param why one sentence
 */
public record Change(Place place, String before, String after, String why) {
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
