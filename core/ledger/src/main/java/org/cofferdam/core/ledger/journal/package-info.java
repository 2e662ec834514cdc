// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** An outbox in plain files, for those who have no database to share a transaction with. */
@NullMarked
package org.cofferdam.core.ledger.journal;

import org.jspecify.annotations.NullMarked;
