// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What is known of each workload: what its evidence must match and what it may have. */
@NullMarked
package org.cofferdam.services.broker.workload;

import org.jspecify.annotations.NullMarked;
