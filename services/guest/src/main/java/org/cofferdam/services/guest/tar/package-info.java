// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A strict, streaming reader of tar archives. */
@NullMarked
package org.cofferdam.services.guest.tar;

import org.jspecify.annotations.NullMarked;
