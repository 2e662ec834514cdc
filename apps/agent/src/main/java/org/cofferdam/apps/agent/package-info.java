// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Entry point of what runs inside a guest. */
@NullMarked
package org.cofferdam.apps.agent;

import org.jspecify.annotations.NullMarked;
