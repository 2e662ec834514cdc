// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** One process: broker, verifier, ledger, console. */
@NullMarked
package org.cofferdam.apps.server;

import org.jspecify.annotations.NullMarked;
