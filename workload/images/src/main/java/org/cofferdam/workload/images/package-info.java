// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** OCI image layouts, archives, registries and layers. */
@NullMarked
package org.cofferdam.workload.images;

import org.jspecify.annotations.NullMarked;
