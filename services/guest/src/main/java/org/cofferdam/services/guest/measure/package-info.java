// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Extends the TPM and keeps the event log in step. */
@NullMarked
package org.cofferdam.services.guest.measure;

import org.jspecify.annotations.NullMarked;
