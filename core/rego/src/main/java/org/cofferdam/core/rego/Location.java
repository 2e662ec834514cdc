// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

/** A place in a source: rows and columns count from 1. */
public record Location(String file, int row, int column) {
  /** Where there is no source, as in generated parts. */
  public static final Location NONE = new Location("", 0, 0);

  @Override
  public String toString() {
    return file.isEmpty() ? row + ":" + column : file + ":" + row + ":" + column;
  }
}
