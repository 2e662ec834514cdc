// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tree;

import org.cofferdam.core.bytes.Digests;

/** The two hashes of the Merkle tree, RFC 6962 §2.1: SHA-256 with a prefix against confusion. */
public final class MerkleHash {
  /** Bytes in a hash. */
  public static final int SIZE = 32;

  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private MerkleHash() {}

  public static byte[] leaf(byte[] entry) {
    return Digests.sha256(LEAF, entry);
  }

  public static byte[] node(byte[] left, byte[] right) {
    return Digests.sha256(NODE, left, right);
  }

  /** Root of the tree without leaves. */
  public static byte[] empty() {
    return Digests.sha256();
  }
}
