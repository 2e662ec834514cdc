// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Reference values: forms, origin, validity, state. */
@NullMarked
package org.cofferdam.core.reference;

import org.jspecify.annotations.NullMarked;
