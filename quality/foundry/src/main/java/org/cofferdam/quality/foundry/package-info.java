// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Mints structurally genuine evidence under test roots; the development device. */
@NullMarked
package org.cofferdam.quality.foundry;

import org.jspecify.annotations.NullMarked;
