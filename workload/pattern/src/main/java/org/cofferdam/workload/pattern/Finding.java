// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Place;

/**
 * One thing that a pattern has to say about one place of a workload.
 *
 * @param id stable, of the form {@code pod.host-network}; {@code cofferdam explain} knows it
 * @param severity how much it weighs
 * @param place the exact field
 * @param message what happens there under this pattern, and why
 * @param fix what to do, or the alternative; for {@link Severity#INFO} it may be empty
 * @param fixable the fix keeps the workload within this pattern: an error without it excludes the
 *     pattern
 */
public record Finding(
    String id, Severity severity, Place place, String message, String fix, boolean fixable) {

  public Json toJson() {
    return Json.object()
        .put("id", id)
        .put("severity", severity.word())
        .put("file", place.file())
        .put("pointer", place.pointer())
        .put("line", place.line())
        .put("message", message)
        .put("fix", fix)
        .build();
  }
}
