// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Certificates and revocation lists (RFC 5280), read strictly, with nothing decided for you. */
@NullMarked
package org.cofferdam.core.bytes.x509;

import org.jspecify.annotations.NullMarked;
