// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Secrets for guests that passed: decided, recorded, and only then opened. */
@NullMarked
package org.cofferdam.services.broker.release;

import org.jspecify.annotations.NullMarked;
