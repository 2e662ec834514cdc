// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

@NullMarked
package org.cofferdam.core.measurement.tdx;

import org.jspecify.annotations.NullMarked;
