// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Keys at rest: the store key and its places, the envelope, and the server's own keys. */
@NullMarked
package org.cofferdam.services.broker.keys;

import org.jspecify.annotations.NullMarked;
