// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
/** Google Compute Engine: the vTPM's attestation, and what its certificates say. */
@NullMarked
package org.cofferdam.core.evidence.gce;

import org.jspecify.annotations.NullMarked;
