// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tiles;

import java.util.Arrays;
import org.cofferdam.core.ledger.tree.MerkleHash;

/** The subtrees inside one tile, which are not stored. */
final class TileHash {
  private TileHash() {}

  /**
   * Hash of the subtree over {@code count} hashes of a tile.
   *
   * @param hashes 32 bytes each
   * @param from the first one, a multiple of {@code count}
   * @param count a power of two
   */
  static byte[] of(byte[] hashes, int from, int count) {
    if (count == 1) {
      int start = from * MerkleHash.SIZE;
      return Arrays.copyOfRange(hashes, start, start + MerkleHash.SIZE);
    }
    int half = count / 2;
    return MerkleHash.node(of(hashes, from, half), of(hashes, from + half, half));
  }
}
