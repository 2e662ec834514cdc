// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** {@code cofferdam ledger}: reading and checking a log of decisions. */
@NullMarked
package org.cofferdam.apps.cli.ledger;

import org.jspecify.annotations.NullMarked;
