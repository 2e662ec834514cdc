// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A container's process in an SGX enclave. */
@NullMarked
package org.cofferdam.patterns.process;

import org.jspecify.annotations.NullMarked;
