// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Outside cases, architecture rules, end-to-end runs with real parts. */
@NullMarked
package org.cofferdam.quality.conformance;

import org.jspecify.annotations.NullMarked;
