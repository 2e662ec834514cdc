// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

/** Verified evidence whose every chain ends at a vendor's key, or at one that the user added. */
public final class GenuineEvidence implements Verified {
  private final Report report;

  GenuineEvidence(Report report) {
    this.report = report;
  }

  @Override
  public Report report() {
    return report;
  }
}
