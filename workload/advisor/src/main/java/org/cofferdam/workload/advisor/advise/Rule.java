// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One row of the rule table; several rows may share an id.
 *
 * @param id that every line of output cites
 * @param tests all of which must hold
 * @param winner the pattern that must have won, for rules that look at the result
 * @param effects in order
 */
record Rule(String id, List<AnswerTest> tests, Optional<Unit> winner, List<Effect> effects) {

  static Rule parse(List<String> row) {
    List<AnswerTest> tests = new ArrayList<>();
    Optional<Unit> winner = Optional.empty();
    for (String text : row.get(1).split("\\s+and\\s+", -1)) {
      if (text.startsWith("winner is ")) {
        winner = Optional.of(Unit.of(text.substring("winner is ".length())));
      } else {
        tests.add(AnswerTest.parse(text));
      }
    }
    return new Rule(row.get(0), tests, winner, Effect.parse(row.get(2)));
  }

  /** Empty where it hangs on an answer that is unknown; one failed test decides against it. */
  Optional<Boolean> holds(Answers answers) {
    List<Optional<Boolean>> outcomes = tests.stream().map(t -> t.holds(answers)).toList();
    if (outcomes.contains(Optional.of(false))) {
      return Optional.of(false);
    }
    return outcomes.contains(Optional.<Boolean>empty()) ? Optional.empty() : Optional.of(true);
  }

  List<String> missing(Answers answers) {
    return tests.stream().flatMap(t -> t.missing(answers).stream()).distinct().toList();
  }
}
