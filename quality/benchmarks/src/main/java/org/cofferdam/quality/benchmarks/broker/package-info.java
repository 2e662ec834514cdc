// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Load on a server: whole handshakes, with what they cost the server. */
@NullMarked
package org.cofferdam.quality.benchmarks.broker;

import org.jspecify.annotations.NullMarked;
