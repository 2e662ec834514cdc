// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.List;
import java.util.function.Supplier;
import org.cofferdam.core.rego.Location;

/** One step of a body. */
public sealed interface Step {
  /** The literal that the step belongs to. */
  Origin origin();

  /** A step that holds or does not. */
  non-sealed interface Test extends Step {
    boolean test(Frame f);
  }

  /** A step with any number of solutions. */
  non-sealed interface Scan extends Step {
    /** Runs the rest of the body for each solution; true where the sink wanted no more. */
    boolean scan(Frame f, Body rest, int next, Sink sink);
  }

  /**
   * A literal in the source, with the parts of it whose values explain why it failed, planned on
   * demand.
   */
  record Origin(Location at, String text, Supplier<List<Part>> parts) {}

  /** A part of a literal. */
  record Part(String text, Ev value) {}
}
