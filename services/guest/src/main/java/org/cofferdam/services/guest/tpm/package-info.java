// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A TPM 2.0 client: command writer, strict response reader, and the few commands a guest needs. */
@NullMarked
package org.cofferdam.services.guest.tpm;

import org.jspecify.annotations.NullMarked;
