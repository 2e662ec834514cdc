// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
/** Verification beside peers, in processes of its own, and under a fuzzer. */
@NullMarked
package org.cofferdam.quality.conformance.attestation;

import org.jspecify.annotations.NullMarked;
