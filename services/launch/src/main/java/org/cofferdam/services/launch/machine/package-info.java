// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What this machine has and lacks: packages, acceleration. */
@NullMarked
package org.cofferdam.services.launch.machine;

import org.jspecify.annotations.NullMarked;
