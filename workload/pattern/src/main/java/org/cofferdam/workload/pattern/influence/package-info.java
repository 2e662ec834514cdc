// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
/** The register of what a control plane can do to a workload, today and under each pattern. */
@NullMarked
package org.cofferdam.workload.pattern.influence;

import org.jspecify.annotations.NullMarked;
