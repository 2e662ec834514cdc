// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Image roots, OCI bundles, and the containers' lives. */
@NullMarked
package org.cofferdam.services.guest.container;

import org.jspecify.annotations.NullMarked;
