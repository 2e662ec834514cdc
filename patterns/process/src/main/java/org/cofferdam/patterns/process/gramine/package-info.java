// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Gramine's manifest: read, checked, expanded and written as the loader takes it. */
@NullMarked
package org.cofferdam.patterns.process.gramine;

import org.jspecify.annotations.NullMarked;
