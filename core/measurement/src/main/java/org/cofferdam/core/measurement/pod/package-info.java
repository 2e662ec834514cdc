// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A pod predicted: what the guest agent will measure of init-data, images and containers. */
@NullMarked
package org.cofferdam.core.measurement.pod;

import org.jspecify.annotations.NullMarked;
