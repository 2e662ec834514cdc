// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What Azure's paravisor gives to confidential VMs: the HCL report around the hardware's own. */
@NullMarked
package org.cofferdam.core.evidence.azure;

import org.jspecify.annotations.NullMarked;
