// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Typed release policies, and Rego behind the same interface. */
@NullMarked
package org.cofferdam.core.policy;

import org.jspecify.annotations.NullMarked;
