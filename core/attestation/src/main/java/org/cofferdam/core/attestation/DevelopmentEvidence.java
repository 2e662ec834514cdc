// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

/**
 * Verified evidence that proves nothing about hardware: of a development TEE, or signed by a key
 * that nobody vouches for where the policy only reports that.
 */
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
