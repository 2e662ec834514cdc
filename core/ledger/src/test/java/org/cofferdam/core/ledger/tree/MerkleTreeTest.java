// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cofferdam.core.bytes.Hex;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  private static final int SIZE = 40;
  private final List<byte[]> leaves =
      IntStream.range(0, SIZE).mapToObj(i -> MerkleHash.leaf(new byte[] {(byte) i})).toList();
  private final Nodes nodes =
      (level, index) -> mth(leaves.subList((int) index << level, (int) (index + 1) << level));

  /** RFC 6962 §2.1, word for word. */
  static byte[] mth(List<byte[]> leafHashes) {
    int n = leafHashes.size();
    if (n == 0) {
      return MerkleHash.empty();
    }
    if (n == 1) {
      return leafHashes.getFirst();
    }
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return MerkleHash.node(mth(leafHashes.subList(0, k)), mth(leafHashes.subList(k, n)));
  }

  @Test
  void knownHashes() {
    assertThat(Hex.encode(MerkleHash.empty()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Hex.encode(MerkleHash.leaf(new byte[0])))
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assertThat(Hex.encode(MerkleHash.leaf("L123456".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
  }

  @Test
  void rootsAreThoseOfTheDefinition() throws IOException {
    for (int n = 0; n <= SIZE; n++) {
      assertThat(MerkleTree.root(nodes, n)).isEqualTo(mth(leaves.subList(0, n)));
    }
  }

  @Test
  void everyLeafIsProvenInEveryTreeAndNowhereElse() throws IOException {
    for (int n = 1; n <= SIZE; n++) {
      byte[] root = mth(leaves.subList(0, n));
      for (int i = 0; i < n; i++) {
        List<byte[]> path = MerkleTree.inclusion(nodes, i, n);
        assertThat(ProofCheck.inclusion(i, n, leaves.get(i), path, root)).isTrue();
        for (int other = 0; other < n; other++) {
          assertThat(ProofCheck.inclusion(other, n, leaves.get(i), path, root))
              .isEqualTo(other == i);
        }
        for (List<byte[]> wrong : mutations(path)) {
          assertThat(ProofCheck.inclusion(i, n, leaves.get(i), wrong, root)).isFalse();
        }
      }
    }
  }

  @Test
  void aLeafOutsideTheTreeIsNotProven() throws IOException {
    List<byte[]> none = List.of();
    assertThat(ProofCheck.inclusion(-1, 1, leaves.get(0), none, leaves.get(0))).isFalse();
    assertThat(ProofCheck.inclusion(1, 1, leaves.get(0), none, leaves.get(0))).isFalse();
    assertThat(ProofCheck.inclusion(0, 0, leaves.get(0), none, leaves.get(0))).isFalse();
    assertThatThrownBy(() -> MerkleTree.inclusion(nodes, 3, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyTreeIsConsistentWithEveryLaterOneAndNoOther() throws IOException {
    byte[] forked = MerkleHash.leaf(new byte[] {99});
    for (int n = 0; n <= SIZE; n++) {
      byte[] newRoot = mth(leaves.subList(0, n));
      for (int m = 0; m <= n; m++) {
        byte[] oldRoot = mth(leaves.subList(0, m));
        List<byte[]> path = MerkleTree.consistency(nodes, m, n);
        assertThat(ProofCheck.consistency(m, oldRoot, n, newRoot, path)).isTrue();
        assertThat(ProofCheck.consistency(m, forked, n, newRoot, path)).isFalse();
        // Every tree is an extension of the empty one.
        assertThat(ProofCheck.consistency(m, oldRoot, n, forked, path)).isEqualTo(m == 0 && n > 0);
        for (List<byte[]> wrong : mutations(path)) {
          assertThat(ProofCheck.consistency(m, oldRoot, n, newRoot, wrong)).isFalse();
        }
      }
    }
  }

  @Test
  void aTreeThatShrankIsNotConsistent() {
    byte[] root = mth(leaves.subList(0, 2));
    assertThat(ProofCheck.consistency(3, root, 2, root, List.of())).isFalse();
    assertThatThrownBy(() -> MerkleTree.consistency(nodes, 3, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<List<byte[]>> mutations(List<byte[]> path) {
    List<List<byte[]>> wrong = new ArrayList<>();
    List<byte[]> longer = new ArrayList<>(path);
    longer.add(MerkleHash.empty());
    wrong.add(longer);
    if (!path.isEmpty()) {
      wrong.add(path.subList(0, path.size() - 1));
      wrong.add(path.subList(1, path.size()));
      List<byte[]> cut = new ArrayList<>(path);
      cut.set(0, new byte[31]);
      wrong.add(cut);
    }
    for (int i = 0; i < path.size(); i++) {
      List<byte[]> flipped = new ArrayList<>(path);
      byte[] hash = path.get(i).clone();
      hash[i] ^= 1;
      flipped.set(i, hash);
      wrong.add(flipped);
    }
    return wrong;
  }
}
