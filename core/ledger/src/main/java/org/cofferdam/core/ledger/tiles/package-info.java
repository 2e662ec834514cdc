// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The log as files: tiles and entry bundles (C2SP tlog-tiles), and how they reach the disk. */
@NullMarked
package org.cofferdam.core.ledger.tiles;

import org.jspecify.annotations.NullMarked;
