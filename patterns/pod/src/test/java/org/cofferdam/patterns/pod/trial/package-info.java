// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

@NullMarked
package org.cofferdam.patterns.pod.trial;

import org.jspecify.annotations.NullMarked;
