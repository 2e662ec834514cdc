// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/**
 * {@code up}, {@code down}, {@code status}, {@code logs}, {@code setup}: the whole road on one
 * machine.
 */
@NullMarked
package org.cofferdam.apps.cli.up;

import org.jspecify.annotations.NullMarked;
