// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.policy;

import org.cofferdam.core.bytes.Bytes;

/** Decides which resources an appraised guest may have. It has no state and asks nobody else. */
public sealed interface ReleasePolicy permits TypedReleasePolicy, RegoReleasePolicy {

  PolicyIdentity identity();

  /** The policy as its author wrote it: what the digest is of. */
  Bytes text();

  ReleaseDecision decide(ReleaseQuestion question);
}
