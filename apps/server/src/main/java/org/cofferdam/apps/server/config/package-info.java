// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The server's configuration file. */
@NullMarked
package org.cofferdam.apps.server.config;

import org.jspecify.annotations.NullMarked;
