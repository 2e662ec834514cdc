// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The launch digest of an AMD SEV-SNP guest (SEV-SNP firmware ABI, 8.17). */
@NullMarked
package org.cofferdam.core.measurement.snp;

import org.jspecify.annotations.NullMarked;
