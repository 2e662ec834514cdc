// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/**
 * Conversion for engines that run Kata: CoCo on nodes, peer pods, OpenShift sandboxed containers.
 */
@NullMarked
package org.cofferdam.patterns.pod.kata;

import org.jspecify.annotations.NullMarked;
