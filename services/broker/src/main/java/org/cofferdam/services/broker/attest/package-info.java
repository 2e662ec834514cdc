// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Who may pass: evidence is verified and compared with what the workload should be. */
@NullMarked
package org.cofferdam.services.broker.attest;

import org.jspecify.annotations.NullMarked;
