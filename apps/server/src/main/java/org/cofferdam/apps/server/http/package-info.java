// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The server's HTTP surface: which call goes where, and the web server under it. */
@NullMarked
package org.cofferdam.apps.server.http;

import org.jspecify.annotations.NullMarked;
