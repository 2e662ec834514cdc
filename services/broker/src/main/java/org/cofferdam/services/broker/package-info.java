// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Release protocols, resources, tenants, sealed secrets. */
@NullMarked
package org.cofferdam.services.broker;

import org.jspecify.annotations.NullMarked;
