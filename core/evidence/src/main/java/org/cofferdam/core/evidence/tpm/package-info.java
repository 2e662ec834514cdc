// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** TPM 2.0 structures (TCG TPM 2.0 Library, Part 2), big endian. */
@NullMarked
package org.cofferdam.core.evidence.tpm;

import org.jspecify.annotations.NullMarked;
