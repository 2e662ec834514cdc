// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Signed notes, checkpoints, cosignatures and proofs as text: the C2SP forms. */
@NullMarked
package org.cofferdam.core.ledger.note;

import org.jspecify.annotations.NullMarked;
