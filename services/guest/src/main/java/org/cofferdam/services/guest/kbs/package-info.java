// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Asks the broker: pinned TLS, the KBS handshake, resources. */
@NullMarked
package org.cofferdam.services.guest.kbs;

import org.jspecify.annotations.NullMarked;
