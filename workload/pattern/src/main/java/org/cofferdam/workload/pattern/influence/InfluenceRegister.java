// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.influence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.rules.FieldRules;
import org.cofferdam.workload.pattern.rules.TextTable;

/**
 * All powers that are known, in the order of the table.
 *
 * @param entries with unique ids
 */
public record InfluenceRegister(List<Influence> entries) {
  private static final List<String> STATES =
      List.of(Influence.TODAY, "process", "pod", "cluster", "managed");

  public InfluenceRegister {
    entries = List.copyOf(entries);
  }

  /** The register of this version. */
  public static InfluenceRegister load() {
    List<Influence> entries = new ArrayList<>();
    for (List<String> row : TextTable.read(InfluenceRegister.class, "influence.txt", 9)) {
      Map<String, Reach> states = new LinkedHashMap<>();
      for (int i = 0; i < STATES.size(); i++) {
        states.put(STATES.get(i), Reach.of(row.get(2 + i)));
      }
      entries.add(new Influence(row.get(0), row.get(1), states, applies(row.get(7)), row.get(8)));
    }
    return new InfluenceRegister(entries);
  }

  public Optional<Influence> find(String id) {
    return entries.stream().filter(e -> e.id().equals(id)).findFirst();
  }

  /** The powers that matter for this workload. */
  public List<Influence> of(Workload workload) {
    return entries.stream()
        .filter(
            e ->
                e.applies().isEmpty()
                    || e.applies().stream().anyMatch(path -> FieldRules.has(workload, path)))
        .toList();
  }

  private static List<List<String>> applies(String text) {
    return text.equals("always")
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(p -> List.of(p.split("/", -1))).toList();
  }
}
