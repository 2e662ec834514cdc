// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The interface that the four patterns implement, and its words. */
@NullMarked
package org.cofferdam.workload.pattern;

import org.jspecify.annotations.NullMarked;
