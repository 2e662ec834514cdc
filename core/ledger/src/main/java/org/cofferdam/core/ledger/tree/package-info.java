// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Hashes and proofs of the Merkle tree: arithmetic without storage. */
@NullMarked
package org.cofferdam.core.ledger.tree;

import org.jspecify.annotations.NullMarked;
