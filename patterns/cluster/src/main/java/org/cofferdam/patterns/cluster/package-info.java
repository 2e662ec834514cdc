// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** A whole Kubernetes cluster in confidential virtual machines. */
@NullMarked
package org.cofferdam.patterns.cluster;

import org.jspecify.annotations.NullMarked;
