// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import org.cofferdam.core.reference.ReferenceSet;

/**
 * What the evidence of a converted workload will say.
 *
 * @param references every value that must match
 */
public record Prediction(ReferenceSet references) {}
