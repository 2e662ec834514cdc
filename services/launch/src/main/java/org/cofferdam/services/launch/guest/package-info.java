// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/**
 * The guest image: kernel, initrd, read-only root, built to the same bytes from the same inputs.
 */
@NullMarked
package org.cofferdam.services.launch.guest;

import org.jspecify.annotations.NullMarked;
