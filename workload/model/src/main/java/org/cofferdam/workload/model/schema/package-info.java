// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
/** Which fields the Kubernetes API knows, and of which type. */
@NullMarked
package org.cofferdam.workload.model.schema;

import org.jspecify.annotations.NullMarked;
