// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What the host hands in and what the guest's owner measured: pod disk, init-data, pod. */
@NullMarked
package org.cofferdam.services.guest.pod;

import org.jspecify.annotations.NullMarked;
