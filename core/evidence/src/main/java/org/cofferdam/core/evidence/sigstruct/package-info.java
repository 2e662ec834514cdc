// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** SIGSTRUCT: what the author of an SGX enclave signed (SDM vol. 3D §38.13). */
@NullMarked
package org.cofferdam.core.evidence.sigstruct;

import org.jspecify.annotations.NullMarked;
