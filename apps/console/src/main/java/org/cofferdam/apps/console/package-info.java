// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The web pages. */
@NullMarked
package org.cofferdam.apps.console;

import org.jspecify.annotations.NullMarked;
