// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

/** Verified evidence of a development TEE: it proves nothing about hardware. */
public final class DevelopmentEvidence implements Verified {
  private final Report report;

  DevelopmentEvidence(Report report) {
    this.report = report;
  }

  @Override
  public Report report() {
    return report;
  }
}
