// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** One run of a guest: QEMU, software TPM, state on disk. */
@NullMarked
package org.cofferdam.services.launch.run;

import org.jspecify.annotations.NullMarked;
