// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A measured boot predicted: firmware, kernel, command line, initrd. */
@NullMarked
package org.cofferdam.core.measurement.boot;

import org.jspecify.annotations.NullMarked;
