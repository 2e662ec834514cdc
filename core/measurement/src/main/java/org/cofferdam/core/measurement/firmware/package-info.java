// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** OVMF as a file: its volumes, its variables, and what of it is measured. */
@NullMarked
package org.cofferdam.core.measurement.firmware;

import org.jspecify.annotations.NullMarked;
