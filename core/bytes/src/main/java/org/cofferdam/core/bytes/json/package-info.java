// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A strict JSON tree: parsing, printing, and the canonical form of RFC 8785. */
@NullMarked
package org.cofferdam.core.bytes.json;

import org.jspecify.annotations.NullMarked;
