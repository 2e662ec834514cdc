// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.cove;

/**
 * CBOR labels of the CoVE token. The draft leaves them open; these are provisional, and this is the
 * only place that names them.
 */
final class CoveLabels {
  static final long COLLECTION = 266;
  static final long PROFILE = 265;
  static final long CHALLENGE = 10;
  static final long PLATFORM_PUBLIC_KEY = -70001;
  static final long PLATFORM_MANUFACTURER_ID = -70002;
  static final long PLATFORM_STATE = -70003;
  static final long PLATFORM_SW_COMPONENTS = -70004;
  static final long TSM_PUBLIC_KEY = -70005;
  static final long TSM_SW_COMPONENTS = -70006;
  static final long TVM_IDENTITY = -70007;
  static final long TVM_PUBLIC_KEY = -70008;
  static final long TVM_INITIAL_MEASUREMENTS = -70009;
  static final long TVM_RUNTIME_MEASUREMENTS = -70010;

  private CoveLabels() {}
}
