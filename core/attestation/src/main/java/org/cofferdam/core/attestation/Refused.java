// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

/** Evidence that failed a check. */
public final class Refused implements VerificationResult {
  private final Report report;

  Refused(Report report) {
    this.report = report;
  }

  @Override
  public Report report() {
    return report;
  }
}
