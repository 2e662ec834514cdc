// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Roots and proofs of RFC 6962 §2.1, computed from the hashes of complete subtrees. */
public final class MerkleTree {
  private MerkleTree() {}

  /** Root of the first {@code size} leaves. */
  public static byte[] root(Nodes nodes, long size) throws IOException {
    return size == 0 ? MerkleHash.empty() : range(nodes, 0, size);
  }

  /**
   * Audit path of a leaf, from its sibling up (RFC 6962 §2.1.1).
   *
   * @throws IllegalArgumentException where the tree has no such leaf
   */
  public static List<byte[]> inclusion(Nodes nodes, long index, long size) throws IOException {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    List<byte[]> path = new ArrayList<>();
    inclusion(nodes, index, 0, size, path);
    return path;
  }

  /**
   * Shows that the first {@code oldSize} leaves are still the same ones (RFC 6962 §2.1.2). Empty
   * where there is nothing to show: an old size of 0, or the same size.
   *
   * @throws IllegalArgumentException where the old tree is larger
   */
  public static List<byte[]> consistency(Nodes nodes, long oldSize, long newSize)
      throws IOException {
    if (oldSize < 0 || oldSize > newSize) {
      throw new IllegalArgumentException("no tree of " + oldSize + " in one of " + newSize);
    }
    List<byte[]> path = new ArrayList<>();
    if (oldSize > 0) {
      consistency(nodes, oldSize, 0, newSize, true, path);
    }
    return path;
  }

  private static void inclusion(Nodes nodes, long index, long begin, long end, List<byte[]> path)
      throws IOException {
    if (end - begin == 1) {
      return;
    }
    long middle = begin + split(end - begin);
    if (index < middle) {
      inclusion(nodes, index, begin, middle, path);
      path.add(range(nodes, middle, end));
    } else {
      inclusion(nodes, index, middle, end, path);
      path.add(range(nodes, begin, middle));
    }
  }

  private static void consistency(
      Nodes nodes, long oldEnd, long begin, long end, boolean whole, List<byte[]> path)
      throws IOException {
    if (oldEnd == end) {
      if (!whole) {
        path.add(range(nodes, begin, end));
      }
      return;
    }
    long middle = begin + split(end - begin);
    if (oldEnd <= middle) {
      consistency(nodes, oldEnd, begin, middle, whole, path);
      path.add(range(nodes, middle, end));
    } else {
      consistency(nodes, oldEnd, middle, end, false, path);
      path.add(range(nodes, begin, middle));
    }
  }

  private static byte[] range(Nodes nodes, long begin, long end) throws IOException {
    long length = end - begin;
    if (Long.bitCount(length) == 1) {
      int level = Long.numberOfTrailingZeros(length);
      return nodes.node(level, begin >> level);
    }
    long middle = begin + split(length);
    return MerkleHash.node(range(nodes, begin, middle), range(nodes, middle, end));
  }

  /** The largest power of two below {@code length}, which is at least 2. */
  private static long split(long length) {
    return Long.highestOneBit(length - 1);
  }
}
