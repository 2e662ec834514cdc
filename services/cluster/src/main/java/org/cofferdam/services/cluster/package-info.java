// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Attested join, key service, recovery, upgrade. */
@NullMarked
package org.cofferdam.services.cluster;

import org.jspecify.annotations.NullMarked;
