// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
/** The vTPM of Google Compute Engine, under Google's certificate of its key. */
@NullMarked
package org.cofferdam.core.attestation.gce;

import org.jspecify.annotations.NullMarked;
