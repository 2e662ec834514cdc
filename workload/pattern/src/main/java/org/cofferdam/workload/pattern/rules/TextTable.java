// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.rules;

import java.util.ArrayList;
import java.util.List;

/** Tables of rules that lie beside the code: one row a line, cells apart by {@code |}. */
public final class TextTable {
  private TextTable() {}

  /**
   * The rows of a table; lines with {@code #} in front are comments.
   *
   * @throws IllegalArgumentException where it is missing or a row has another number of cells
   */
  public static List<List<String>> read(Class<?> owner, String resource, int cells) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : FieldRules.lines(owner, resource)) {
      List<String> row = List.of(line.split("\\s*\\|\\s*", -1));
      if (row.size() != cells) {
        throw new IllegalArgumentException(resource + " has a line of another form: " + line);
      }
      rows.add(row);
    }
    return rows;
  }
}
