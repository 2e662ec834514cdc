// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A strict reader of DER (X.690 §10): definite lengths in shortest form, nothing left over. */
@NullMarked
package org.cofferdam.core.bytes.der;

import org.jspecify.annotations.NullMarked;
