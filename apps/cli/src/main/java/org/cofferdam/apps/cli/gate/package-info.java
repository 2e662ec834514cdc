// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Runs something only where evidence is accepted. */
@NullMarked
package org.cofferdam.apps.cli.gate;

import org.jspecify.annotations.NullMarked;
