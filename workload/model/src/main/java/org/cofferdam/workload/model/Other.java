// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import org.cofferdam.core.bytes.json.Json;

/**
 * A document that runs no container by itself.
 *
 * @param place of the document
 * @param kind as written, or what the form is
 * @param name as written, or empty
 * @param note what the scan does with it
 */
public record Other(Place place, String kind, String name, String note) {
  public Json toJson() {
    return Json.object()
        .put("kind", kind)
        .put("name", name)
        .put("file", place.file())
        .put("line", place.line())
        .put("note", note)
        .build();
  }
}
