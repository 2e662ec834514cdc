// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.schema;

/**
 * A rule of a schema that a document breaks.
 *
 * @param field where, with dots; {@code (Root)} for the whole
 * @param type which kind of rule
 * @param text the rule, in words
 */
public record Fault(String field, String type, String text) {}
