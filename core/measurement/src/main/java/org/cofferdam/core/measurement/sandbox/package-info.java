// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The development sandbox predicted: what its device will measure of what the loader loads. */
@NullMarked
package org.cofferdam.core.measurement.sandbox;

import org.jspecify.annotations.NullMarked;
