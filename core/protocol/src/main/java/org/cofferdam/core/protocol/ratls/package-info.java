// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Attested TLS: certificates that carry the evidence for their own key. */
@NullMarked
package org.cofferdam.core.protocol.ratls;

import org.jspecify.annotations.NullMarked;
