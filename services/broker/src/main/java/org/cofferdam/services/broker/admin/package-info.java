// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What administrators may do, and how they are known. */
@NullMarked
package org.cofferdam.services.broker.admin;

import org.jspecify.annotations.NullMarked;
