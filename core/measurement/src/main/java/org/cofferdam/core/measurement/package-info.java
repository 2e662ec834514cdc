// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What evidence should say: measurements predicted from the inputs of a launch. */
@NullMarked
package org.cofferdam.core.measurement;

import org.jspecify.annotations.NullMarked;
