// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Kubernetes and Compose documents as one Workload. */
@NullMarked
package org.cofferdam.workload.model;

import org.jspecify.annotations.NullMarked;
