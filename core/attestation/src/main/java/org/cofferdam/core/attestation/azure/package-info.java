// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Azure's confidential VMs: a vTPM quote whose key the hardware's report vouches for. */
@NullMarked
package org.cofferdam.core.attestation.azure;

import org.jspecify.annotations.NullMarked;
