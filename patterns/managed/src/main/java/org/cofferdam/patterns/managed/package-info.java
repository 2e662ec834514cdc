// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A provider's confidential nodes. */
@NullMarked
package org.cofferdam.patterns.managed;

import org.jspecify.annotations.NullMarked;
