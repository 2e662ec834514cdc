// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cofferdam.workload.pattern.rules.TextTable;

/**
 * The questions in the order in which they are asked.
 *
 * @param questions with unique ids
 */
public record Questionnaire(List<Question> questions) {
  public Questionnaire {
    questions = List.copyOf(questions);
  }

  /** The questionnaire of this version. */
  public static Questionnaire load() {
    List<Question> questions = new ArrayList<>();
    for (List<String> row : TextTable.read(Questionnaire.class, "questions.txt", 5)) {
      boolean required = row.get(2).startsWith("!");
      String values = required ? row.get(2).substring(1).strip() : row.get(2);
      questions.add(
          new Question(
              row.get(0),
              Question.Kind.valueOf(row.get(1).toUpperCase(Locale.ROOT)),
              values.isEmpty() ? List.of() : List.of(values.split("\\s*,\\s*", -1)),
              required,
              Question.Revision.valueOf(row.get(3).toUpperCase(Locale.ROOT)),
              row.get(4)));
    }
    return new Questionnaire(questions);
  }

  public Optional<Question> find(String id) {
    return questions.stream().filter(q -> q.id().equals(id)).findFirst();
  }
}
