// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What the ledger costs: appends with durability on, proofs in a big log. */
@NullMarked
package org.cofferdam.quality.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
