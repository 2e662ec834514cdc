// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.List;

/** An appraisal of evidence of a real TEE. */
public final class GenuineAppraisal implements Appraisal {
  private final GenuineEvidence verified;
  private final Appraiser.Comparison comparison;

  GenuineAppraisal(GenuineEvidence verified, Appraiser.Comparison comparison) {
    this.verified = verified;
    this.comparison = comparison;
  }

  @Override
  public GenuineEvidence verified() {
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
    return comparison.vector(AppraisalStatus.AFFIRMING);
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
