// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Carries a launch plan out: guest image, QEMU and swtpm, sandbox. */
@NullMarked
package org.cofferdam.services.launch;

import org.jspecify.annotations.NullMarked;
