// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import org.cofferdam.core.bytes.json.Json;

/**
 * Where something was written.
 *
 * @param file as it was given on the command line, {@code -} for standard input
 * @param line counted from 1
 * @param pointer JSON pointer (RFC 6901) inside the document, empty for the document itself
 */
public record Place(String file, int line, String pointer) {

  /** The place of a member or item below this one, on {@code line}. */
  public Place child(String name, int line) {
    return new Place(file, line, pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
  }

  public Json toJson() {
    return Json.object().put("file", file).put("line", line).put("pointer", pointer).build();
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
