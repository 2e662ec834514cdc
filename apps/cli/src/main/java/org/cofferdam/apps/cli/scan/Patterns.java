// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.util.List;
import org.cofferdam.patterns.cluster.ClusterAssessor;
import org.cofferdam.patterns.managed.ManagedAssessor;
import org.cofferdam.patterns.pod.PodPattern;
import org.cofferdam.patterns.process.ProcessAssessor;
import org.cofferdam.workload.pattern.Assessor;

/** The patterns that this command line knows. */
public final class Patterns {
  /** By the size of the unit that is isolated. */
  public static final List<Assessor> ALL =
      List.of(
          new ProcessAssessor(), new PodPattern(), new ClusterAssessor(), new ManagedAssessor());

  private Patterns() {}
}
