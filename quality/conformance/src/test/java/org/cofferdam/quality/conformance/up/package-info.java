// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/**
 * The main job and its refusals, as a user runs them: the launcher, real servers, real virtual
 * machines.
 */
@NullMarked
package org.cofferdam.quality.conformance.up;

import org.jspecify.annotations.NullMarked;
