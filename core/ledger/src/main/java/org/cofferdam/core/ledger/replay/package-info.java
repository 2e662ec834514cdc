// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Repeating a recorded verdict offline, from what the log keeps. */
@NullMarked
package org.cofferdam.core.ledger.replay;

import org.jspecify.annotations.NullMarked;
