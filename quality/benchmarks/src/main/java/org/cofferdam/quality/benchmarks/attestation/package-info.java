// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
/** Speed of verification, beside the bare signatures, OpenSSL and dcap-qvl. */
@NullMarked
package org.cofferdam.quality.benchmarks.attestation;

import org.jspecify.annotations.NullMarked;
