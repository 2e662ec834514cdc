// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

/**
 * A piece of a source text, in UTF-16 units from its start.
 *
 * @param start first unit
 * @param end one past the last unit
 */
public record Span(int start, int end) {}
