// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** ReleaseGrant: made only from an appraisal, a release decision and a durable receipt. */
@NullMarked
package org.cofferdam.core.release;

import org.jspecify.annotations.NullMarked;
