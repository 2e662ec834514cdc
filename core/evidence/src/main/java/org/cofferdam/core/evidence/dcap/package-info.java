// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/**
 * Intel DCAP: quotes of SGX and TDX, the extension of PCK certificates, and signed collateral.
 * Binary forms are little endian unless a field says otherwise.
 */
@NullMarked
package org.cofferdam.core.evidence.dcap;

import org.jspecify.annotations.NullMarked;
