// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What an Intel TDX guest measures: the build-time register and the run-time ones. */
@NullMarked
package org.cofferdam.core.measurement.tdx;

import org.jspecify.annotations.NullMarked;
