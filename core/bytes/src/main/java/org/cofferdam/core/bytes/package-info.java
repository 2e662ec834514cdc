// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Cursors, codecs, JSON, digests, secret types and the signature engine. */
@NullMarked
package org.cofferdam.core.bytes;

import org.jspecify.annotations.NullMarked;
