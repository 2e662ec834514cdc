// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Scan, fit, effort, trust questionnaire, rule engine. */
@NullMarked
package org.cofferdam.workload.advisor;

import org.jspecify.annotations.NullMarked;
