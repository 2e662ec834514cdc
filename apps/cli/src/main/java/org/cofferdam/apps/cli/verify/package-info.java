// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Commands about evidence: verify, inspect, replay, explain. */
@NullMarked
package org.cofferdam.apps.cli.verify;

import org.jspecify.annotations.NullMarked;
