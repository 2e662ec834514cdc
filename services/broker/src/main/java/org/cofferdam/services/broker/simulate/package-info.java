// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What would be decided, without deciding it. */
@NullMarked
package org.cofferdam.services.broker.simulate;

import org.jspecify.annotations.NullMarked;
