// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/**
 * Asking others to cosign the log's head, so that it cannot show different people different logs.
 */
@NullMarked
package org.cofferdam.core.ledger.witness;

import org.jspecify.annotations.NullMarked;
