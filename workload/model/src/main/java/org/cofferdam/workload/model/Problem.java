// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import org.cofferdam.core.bytes.json.Json;

/**
 * An input that could not be read, or not fully. It never stops the other inputs.
 *
 * @param file as given
 * @param line counted from 1, or 0 where the whole file is meant
 * @param message one sentence for a person, without the file and line
 * @param fix what to do, empty where the message says it
 */
public record Problem(String file, int line, String message, String fix) {
  public Problem(String file, int line, String message) {
    this(file, line, message, "");
  }

  public Json toJson() {
    return Json.object()
        .put("file", file)
        .put("line", line)
        .put("message", message)
        .put("fix", fix)
        .build();
  }
}
