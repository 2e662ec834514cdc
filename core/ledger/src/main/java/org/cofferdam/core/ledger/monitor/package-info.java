// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Checking a whole log, as a third party does. */
@NullMarked
package org.cofferdam.core.ledger.monitor;

import org.jspecify.annotations.NullMarked;
