// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import java.util.List;

/**
 * One question about trust.
 *
 * @param id as answer files write it
 * @param kind form of the answer
 * @param values that may be given; empty for numbers
 * @param required there is no default: unanswered is unknown
 * @param revision whether another answer may be suggested
 * @param text for people
 */
public record Question(
    String id, Kind kind, List<String> values, boolean required, Revision revision, String text) {
  public Question {
    values = List.copyOf(values);
  }

  /** Form of an answer. */
  public enum Kind {
    ONE,
    SET,
    NUMBER
  }

  /** What it means to answer otherwise. */
  public enum Revision {
    /** The facts can be changed. */
    CHANGE,
    /** A risk would be accepted. */
    ACCEPT,
    /** Never suggested. */
    NEVER
  }
}
