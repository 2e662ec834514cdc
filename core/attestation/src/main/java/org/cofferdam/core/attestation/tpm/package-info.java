// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Quotes of TPM 2.0 with their event log, and the challenge that ties keys to a TPM. */
@NullMarked
package org.cofferdam.core.attestation.tpm;

import org.jspecify.annotations.NullMarked;
