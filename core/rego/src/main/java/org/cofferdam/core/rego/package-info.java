// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A Rego engine for the JVM, free of every other Cofferdam module. */
@NullMarked
package org.cofferdam.core.rego;

import org.jspecify.annotations.NullMarked;
