// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The secrets that are kept for workloads. */
@NullMarked
package org.cofferdam.services.broker.resource;

import org.jspecify.annotations.NullMarked;
