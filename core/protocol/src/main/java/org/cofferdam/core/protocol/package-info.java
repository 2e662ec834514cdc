// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Messages shared by guest and broker. */
@NullMarked
package org.cofferdam.core.protocol;

import org.jspecify.annotations.NullMarked;
