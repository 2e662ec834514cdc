// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import java.util.Locale;

/** How much a finding weighs. */
public enum Severity {
  /** The workload cannot run under the pattern, or not as it does today. */
  ERROR,
  /** It runs, and something is exposed, lost or must be watched. */
  WARNING,
  /** Worth knowing; nothing to do. */
  INFO;

  /** The word in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
