// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Disk images written without the help of root: cpio, tar, dm-verity trees. */
@NullMarked
package org.cofferdam.services.launch.disk;

import org.jspecify.annotations.NullMarked;
