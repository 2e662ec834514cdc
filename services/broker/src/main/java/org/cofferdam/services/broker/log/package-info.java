// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Keeps the log's files up with what is committed. */
@NullMarked
package org.cofferdam.services.broker.log;

import org.jspecify.annotations.NullMarked;
