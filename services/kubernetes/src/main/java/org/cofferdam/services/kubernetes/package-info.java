// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Admission webhooks, operator, node attestation controller. */
@NullMarked
package org.cofferdam.services.kubernetes;

import org.jspecify.annotations.NullMarked;
