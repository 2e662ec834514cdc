// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Verification of Intel DCAP quotes: SGX and TDX. */
@NullMarked
package org.cofferdam.core.attestation.dcap;

import org.jspecify.annotations.NullMarked;
