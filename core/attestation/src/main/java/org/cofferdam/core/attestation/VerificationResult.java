// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

/** What {@link Verifier} says: exactly one of three things, each its own type. */
public sealed interface VerificationResult permits Verified, Refused, Undecided {
  Report report();
}
