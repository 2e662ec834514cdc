// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

/**
 * Evidence that was verified and accepted by the policy. Only {@link Verifier} makes one. A
 * development TEE is another type than a real one, so that no code can take it for one by
 * forgetting a flag.
 */
public sealed interface Verified extends VerificationResult
    permits GenuineEvidence, DevelopmentEvidence {}
