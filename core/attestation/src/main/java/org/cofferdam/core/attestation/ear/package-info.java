// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
/** Attestation results as EAR (draft-ietf-rats-ear): written, signed, and verified again. */
@NullMarked
package org.cofferdam.core.attestation.ear;

import org.jspecify.annotations.NullMarked;
