// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tree;

import java.io.IOException;

/** Where the hashes of complete subtrees come from. */
@FunctionalInterface
public interface Nodes {
  /**
   * Hash of the subtree over the leaves {@code [index * 2^level, (index + 1) * 2^level)}, all of
   * which are in the tree.
   */
  byte[] node(int level, long index) throws IOException;
}
