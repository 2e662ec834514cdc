// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** MRENCLAVE and SIGSTRUCT of an enclave that Gramine's loader builds. */
@NullMarked
package org.cofferdam.core.measurement.gramine;

import org.jspecify.annotations.NullMarked;
