// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Decisions on their way into the log, and the same for people who ask why. */
@NullMarked
package org.cofferdam.services.broker.decision;

import org.jspecify.annotations.NullMarked;
