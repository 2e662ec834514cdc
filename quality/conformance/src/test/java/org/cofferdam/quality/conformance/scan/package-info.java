// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
/** Verdicts of a scan are proven by converting. */
@NullMarked
package org.cofferdam.quality.conformance.scan;

import org.jspecify.annotations.NullMarked;
