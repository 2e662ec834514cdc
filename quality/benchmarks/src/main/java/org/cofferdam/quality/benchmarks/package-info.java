// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** JMH and load. */
@NullMarked
package org.cofferdam.quality.benchmarks;

import org.jspecify.annotations.NullMarked;
