// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Plays the control plane of a pod against its policy: an honest one, and a hostile one. */
@NullMarked
package org.cofferdam.patterns.pod.trial;

import org.jspecify.annotations.NullMarked;
