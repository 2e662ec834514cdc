// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The KBS protocol's endpoints, apart from any HTTP server. */
@NullMarked
package org.cofferdam.services.broker.kbs;

import org.jspecify.annotations.NullMarked;
