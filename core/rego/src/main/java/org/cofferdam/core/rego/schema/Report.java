// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.schema;

import java.util.ArrayList;
import java.util.List;

/** What was found wrong with a document, and a score that tells near misses from far ones. */
final class Report {
  private final List<Fault> faults = new ArrayList<>();
  private int score;

  void add(String at, String type, String text) {
    faults.add(new Fault(at, type, text));
    score -= 2;
  }

  void passed() {
    score++;
  }

  void merge(Report other) {
    faults.addAll(other.faults);
    score += other.score;
  }

  boolean valid() {
    return faults.isEmpty();
  }

  boolean betterThan(Report other) {
    return score > other.score;
  }

  List<Fault> faults() {
    return List.copyOf(faults);
  }
}
