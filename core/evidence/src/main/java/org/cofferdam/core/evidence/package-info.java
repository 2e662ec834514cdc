// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What the hardware said: one package per format, strict parsers, typed records. */
@NullMarked
package org.cofferdam.core.evidence;

import org.jspecify.annotations.NullMarked;
