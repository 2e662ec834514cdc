// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Append-only Merkle-tree log in C2SP tlog-tiles form, checkpoints, proofs. */
@NullMarked
package org.cofferdam.core.ledger;

import org.jspecify.annotations.NullMarked;
