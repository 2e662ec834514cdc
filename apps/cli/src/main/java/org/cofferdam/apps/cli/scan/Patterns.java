// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.util.List;
import org.cofferdam.patterns.pod.PodPattern;
import org.cofferdam.workload.pattern.Pattern;

/** The patterns that this command line knows. */
public final class Patterns {
  public static final List<Pattern<?>> ALL = List.of(new PodPattern());

  private Patterns() {}
}
