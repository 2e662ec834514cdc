// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.BitSet;
import java.util.List;

/**
 * Literals that are solved together.
 *
 * @param literals in source order until {@link Safety} puts them in an order that works
 * @param owned the slots of variables that exist only in here
 */
record Block(List<Literal> literals, BitSet owned) {}
