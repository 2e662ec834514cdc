// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One test of a rule's condition. Its outcome is empty where an answer that it needs is unknown.
 *
 * @param question whose answer is tested
 * @param operator how
 * @param operands values, or the other question of {@link Operator#ABOVE}
 */
record AnswerTest(String question, Operator operator, List<String> operands) {
  enum Operator {
    IS,
    NOT,
    HAS,
    LACKS,
    SOME,
    ABOVE
  }

  static AnswerTest parse(String text) {
    String[] words = text.strip().split("\\s+", -1);
    return new AnswerTest(
        words[0],
        Operator.valueOf(words[1].toUpperCase(Locale.ROOT)),
        words.length > 2 ? Arrays.asList(words[2].split(",", -1)) : List.of());
  }

  Optional<Boolean> holds(Answers answers) {
    Optional<Set<String>> answer = answers.get(question);
    if (!missing(answers).isEmpty()) {
      return Optional.empty();
    }
    return answer.map(
        values ->
            switch (operator) {
              case IS, HAS -> operands.stream().anyMatch(values::contains);
              case NOT, LACKS -> operands.stream().noneMatch(values::contains);
              case SOME -> !values.isEmpty();
              case ABOVE ->
                  number(values)
                          .compareTo(number(answers.get(operands.getFirst()).orElse(Set.of("0"))))
                      > 0;
            });
  }

  /** The questions that must be answered first. */
  List<String> missing(Answers answers) {
    return (operator == Operator.ABOVE ? List.of(question, operands.getFirst()) : List.of(question))
        .stream().filter(q -> answers.get(q).isEmpty()).toList();
  }

  private static BigDecimal number(Set<String> value) {
    return new BigDecimal(value.iterator().next());
  }
}
