// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.List;

/**
 * Verified evidence compared with reference values. Only {@link Appraiser} makes one. An appraisal
 * that did not hold is one too, so that it can be recorded: ask {@link #holds()}.
 */
public sealed interface Appraisal permits GenuineAppraisal, DevelopmentAppraisal {

  /** What was appraised. */
  Verified verified();

  /** Name of the workload whose reference values were used. */
  String workload();

  /** One check a reference value; the id is the value's id. */
  List<Check> checks();

  TrustVector vector();

  /** SHA-256 of the reference set, lower-case hex. */
  String referenceDigest();

  /** True only where every reference value in force matched, and there was at least one. */
  boolean holds();

  default AppraisalStatus status() {
    return vector().status();
  }
}
