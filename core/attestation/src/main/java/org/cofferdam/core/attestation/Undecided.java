// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

/** Something needed was missing; the skipped checks say what. Never a form of acceptance. */
public final class Undecided implements VerificationResult {
  private final Report report;

  Undecided(Report report) {
    this.report = report;
  }

  @Override
  public Report report() {
    return report;
  }
}
