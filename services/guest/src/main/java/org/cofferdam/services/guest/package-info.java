// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Collects evidence, asks for secrets, hands them to the program. */
@NullMarked
package org.cofferdam.services.guest;

import org.jspecify.annotations.NullMarked;
