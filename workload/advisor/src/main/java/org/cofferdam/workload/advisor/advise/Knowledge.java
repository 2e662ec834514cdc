// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.workload.pattern.rules.TextTable;

/**
 * What is known beside the rules.
 *
 * @param codes meaning of each code of the rules
 * @param work rows of pattern, when and what
 * @param artefacts rows of pattern and what can be made
 * @param grades rows that are tried in order
 * @param combinations of two patterns
 */
record Knowledge(
    Map<String, String> codes,
    List<List<String>> work,
    List<List<String>> artefacts,
    List<GradeRow> grades,
    List<CombinationRow> combinations) {
  Knowledge {
    codes = Collections.unmodifiableMap(new LinkedHashMap<>(codes));
    work = List.copyOf(work);
    artefacts = List.copyOf(artefacts);
    grades = List.copyOf(grades);
    combinations = List.copyOf(combinations);
  }

  record GradeRow(Unit unit, List<AnswerTest> tests, String grade, String why) {}

  record CombinationRow(String code, List<Unit> units, String text) {}

  static Knowledge load() {
    Map<String, String> codes = new LinkedHashMap<>();
    TextTable.read(Knowledge.class, "codes.txt", 2).forEach(r -> codes.put(r.get(0), r.get(1)));
    List<GradeRow> grades = new ArrayList<>();
    for (List<String> row : TextTable.read(Knowledge.class, "grades.txt", 4)) {
      List<AnswerTest> tests =
          row.get(1).equals("-")
              ? List.of()
              : List.of(row.get(1).split("\\s+and\\s+", -1)).stream()
                  .map(AnswerTest::parse)
                  .toList();
      grades.add(new GradeRow(Unit.of(row.get(0)), tests, row.get(2), row.get(3)));
    }
    List<CombinationRow> combinations = new ArrayList<>();
    for (List<String> row : TextTable.read(Knowledge.class, "combinations.txt", 3)) {
      combinations.add(
          new CombinationRow(
              row.get(0),
              List.of(row.get(1).split(",", -1)).stream().map(Unit::of).toList(),
              row.get(2)));
    }
    return new Knowledge(
        codes,
        TextTable.read(Knowledge.class, "work.txt", 3),
        TextTable.read(Knowledge.class, "artefacts.txt", 2),
        grades,
        combinations);
  }

  /** The best evidence that can be reached; an unknown answer holds no row. */
  Optional<GradeRow> grade(Unit unit, Answers answers) {
    return grades.stream()
        .filter(g -> g.unit() == unit)
        .filter(g -> g.tests().stream().allMatch(t -> t.holds(answers).orElse(false)))
        .findFirst();
  }

  List<CombinationRow> combinations(List<Unit> left) {
    return combinations.stream().filter(c -> left.containsAll(c.units())).toList();
  }

  String meaning(String code) {
    return codes.getOrDefault(code, "");
  }
}
