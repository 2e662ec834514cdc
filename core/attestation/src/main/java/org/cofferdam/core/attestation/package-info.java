// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Is it genuine and up to date (verify), do we accept it (appraise), EAR. */
@NullMarked
package org.cofferdam.core.attestation;

import org.jspecify.annotations.NullMarked;
