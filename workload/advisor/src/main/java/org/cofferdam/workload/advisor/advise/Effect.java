// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import java.util.ArrayList;
import java.util.List;

/** What a rule does to patterns when it holds. */
sealed interface Effect {
  List<Unit> units();

  /** The patterns are out. */
  record Exclude(List<Unit> units, String code) implements Effect {}

  /** The patterns are in if this is made true. */
  record Condition(List<Unit> units, String code) implements Effect {}

  /** Whoever chooses them should know this. */
  record Warning(List<Unit> units, String code) implements Effect {}

  /** More work, or less. */
  record Points(List<Unit> units, int points) implements Effect {}

  static List<Effect> parse(String text) {
    List<Effect> effects = new ArrayList<>();
    for (String part : text.split("\\s*;\\s*", -1)) {
      String[] words = part.strip().split("\\s+", -1);
      List<Unit> units = new ArrayList<>();
      for (String word : words[1].split(",", -1)) {
        units.add(Unit.of(word));
      }
      effects.add(
          switch (words[0]) {
            case "X" -> new Exclude(units, words[2]);
            case "C" -> new Condition(units, words[2]);
            case "W" -> new Warning(units, words[2]);
            case "points" -> new Points(units, Integer.parseInt(words[2]));
            default -> throw new IllegalArgumentException("no effect: " + part);
          });
    }
    return effects;
  }
}
