// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** The policy that the agent of a Kata guest judges its control plane by: made, read and tried. */
@NullMarked
package org.cofferdam.patterns.pod.policy;

import org.jspecify.annotations.NullMarked;
