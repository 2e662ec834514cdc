// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known. Every question may be unknown, and is then absent here.
 *
 * @param values by question: one value, the members of a set, or one number
 */
public record Answers(Map<String, Set<String>> values) {
  static final String UNKNOWN = "unknown";

  public Answers {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Fills in defaults, and what a platform fixes.
   *
   * @param given by question; {@code unknown} may be given everywhere
   * @throws IllegalArgumentException where a question or a value does not exist
   */
  public static Answers of(Questionnaire questionnaire, Map<String, List<String>> given) {
    for (String id : given.keySet()) {
      if (questionnaire.find(id).isEmpty()) {
        throw new IllegalArgumentException("There is no question '" + id + "'.");
      }
    }
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (Question question : questionnaire.questions()) {
      List<String> answer = given.get(question.id());
      if (answer != null) {
        if (!answer.equals(List.of(UNKNOWN))) {
          values.put(question.id(), checked(question, answer));
        }
      } else if (!question.required()) {
        defaultOf(question).ifPresent(d -> values.put(question.id(), d));
      }
    }
    fixByPlatform(values);
    return new Answers(values);
  }

  Optional<Set<String>> get(String question) {
    return Optional.ofNullable(values.get(question));
  }

  /** The same with another answer to one question. */
  Answers with(String question, Set<String> value) {
    Map<String, Set<String>> changed = new LinkedHashMap<>(values);
    changed.put(question, value);
    fixByPlatform(changed);
    return new Answers(changed);
  }

  private static void fixByPlatform(Map<String, Set<String>> values) {
    Set<String> platform = values.getOrDefault("platform", Set.of());
    if (platform.contains("aks")) {
      values.put("vtpm_location", Set.of("in_tee"));
    } else if (platform.contains("gke") || platform.contains("eks")) {
      values.put("vtpm_location", Set.of("hypervisor"));
    }
  }

  private static Optional<Set<String>> defaultOf(Question question) {
    return switch (question.kind()) {
      case ONE -> Optional.of(Set.of(question.values().getFirst()));
      case SET -> Optional.of(Set.of());
      case NUMBER -> Optional.of(Set.of("0"));
    };
  }

  private static Set<String> checked(Question question, List<String> answer) {
    List<String> wrong = new ArrayList<>();
    for (String value : answer) {
      boolean good =
          question.kind() == Question.Kind.NUMBER
              ? value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")
              : question.values().contains(value);
      if (!good) {
        wrong.add(value);
      }
    }
    if (!wrong.isEmpty() || (question.kind() != Question.Kind.SET && answer.size() != 1)) {
      throw new IllegalArgumentException(
          "'"
              + String.join(", ", answer)
              + "' is no answer to "
              + question.id()
              + (question.values().isEmpty()
                  ? "."
                  : ": use " + String.join(", ", question.values()) + " or unknown."));
    }
    return Collections.unmodifiableSet(new TreeSet<>(answer));
  }
}
