// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/**
 * What the broker keeps, in one folder: an SQLite database in WAL mode with full synchronisation,
 * written by one thread that commits what waits together.
 */
@NullMarked
package org.cofferdam.services.broker.store;

import org.jspecify.annotations.NullMarked;
