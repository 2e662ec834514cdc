// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tree;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.cofferdam.core.bytes.Digests;

/** Checks proofs from anybody, by the algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2. */
public final class ProofCheck {
  private ProofCheck() {}

  /** Whether {@code path} leads from the leaf to the root of a tree of {@code size}. */
  public static boolean inclusion(
      long index, long size, byte[] leafHash, List<byte[]> path, byte[] root) {
    if (index < 0 || index >= size || !hashes(path) || leafHash.length != MerkleHash.SIZE) {
      return false;
    }
    long node = index;
    long last = size - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = MerkleHash.node(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = MerkleHash.node(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Digests.equal(hash, root);
  }

  /** Whether the tree of {@code newSize} begins with the very tree of {@code oldSize}. */
  public static boolean consistency(
      long oldSize, byte[] oldRoot, long newSize, byte[] newRoot, List<byte[]> path) {
    if (oldSize < 0 || oldSize > newSize || !hashes(path)) {
      return false;
    }
    if (oldSize == newSize) {
      return path.isEmpty() && Digests.equal(oldRoot, newRoot);
    }
    if (oldSize == 0) {
      return path.isEmpty() && Digests.equal(oldRoot, MerkleHash.empty());
    }
    long node = oldSize - 1;
    long last = newSize - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    Iterator<byte[]> rest = path.iterator();
    if (!rest.hasNext()) {
      return false;
    }
    // A complete old tree is its own first hash, which the proof leaves out.
    byte[] oldHash = node == 0 ? oldRoot : rest.next();
    byte[] newHash = oldHash;
    while (rest.hasNext()) {
      byte[] hash = rest.next();
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        oldHash = MerkleHash.node(hash, oldHash);
        newHash = MerkleHash.node(hash, newHash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newHash = MerkleHash.node(newHash, hash);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(oldHash, oldRoot) && Arrays.equals(newHash, newRoot);
  }

  private static boolean hashes(List<byte[]> path) {
    return path.stream().allMatch(hash -> hash.length == MerkleHash.SIZE);
  }
}
