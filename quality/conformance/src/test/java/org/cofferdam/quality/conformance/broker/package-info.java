// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The broker from outside: its process, and guests that it did not come with. */
@NullMarked
package org.cofferdam.quality.conformance.broker;

import org.jspecify.annotations.NullMarked;
