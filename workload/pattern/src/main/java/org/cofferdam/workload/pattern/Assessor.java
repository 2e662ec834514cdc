// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Workload;

/** The first question of a pattern, alone: scanning asks nothing else. */
public interface Assessor {

  /** {@code process}, {@code pod}, {@code cluster} or {@code managed}. */
  String name();

  /** Does it fit here, and what breaks? */
  Fit assess(Workload workload, Bundle bundle);
}
