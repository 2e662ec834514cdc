// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.List;

/** An appraisal of evidence of a development TEE; its hardware is never better than a warning. */
public final class DevelopmentAppraisal implements Appraisal {
  private final DevelopmentEvidence verified;
  private final Appraiser.Comparison comparison;

  DevelopmentAppraisal(DevelopmentEvidence verified, Appraiser.Comparison comparison) {
    this.verified = verified;
    this.comparison = comparison;
  }

  @Override
  public DevelopmentEvidence verified() {
    return verified;
  }

  @Override
  public String workload() {
    return comparison.workload();
  }

  @Override
  public List<Check> checks() {
    return comparison.checks();
  }

  @Override
  public TrustVector vector() {
    return comparison.vector(AppraisalStatus.WARNING);
  }

  @Override
  public String referenceDigest() {
    return comparison.referenceDigest();
  }

  @Override
  public boolean holds() {
    return comparison.holds();
  }
}
