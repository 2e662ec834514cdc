// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** From challenge to attested guest: who is in the middle of a handshake, and who passed it. */
@NullMarked
package org.cofferdam.services.broker.session;

import org.jspecify.annotations.NullMarked;
