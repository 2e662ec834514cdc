// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A pod in a confidential virtual machine. */
@NullMarked
package org.cofferdam.patterns.pod;

import org.jspecify.annotations.NullMarked;
