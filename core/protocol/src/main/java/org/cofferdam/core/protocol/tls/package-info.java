// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** TLS between parts of Cofferdam: a server is known by its key. */
@NullMarked
package org.cofferdam.core.protocol.tls;

import org.jspecify.annotations.NullMarked;
