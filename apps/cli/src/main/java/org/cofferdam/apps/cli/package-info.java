// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The cofferdam command. */
@NullMarked
package org.cofferdam.apps.cli;

import org.jspecify.annotations.NullMarked;
