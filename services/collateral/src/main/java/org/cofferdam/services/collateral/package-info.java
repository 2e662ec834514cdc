// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Vendor clients, cache and outage mode for endorsements. */
@NullMarked
package org.cofferdam.services.collateral;

import org.jspecify.annotations.NullMarked;
