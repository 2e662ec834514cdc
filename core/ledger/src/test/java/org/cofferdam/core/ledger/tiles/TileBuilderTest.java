// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.cofferdam.core.ledger.tree.MerkleTree;
import org.cofferdam.core.ledger.tree.ProofCheck;
import org.junit.jupiter.api.Test;

class TileBuilderTest {
  private final Map<String, byte[]> files = new HashMap<>();
  private final TileSource source = path -> Optional.ofNullable(files.get(path));

  private static byte[] entry(long i) {
    return ByteBuffer.allocate(8).putLong(0, i).array();
  }

  private TileBuilder build(long size) throws IOException {
    TileBuilder builder = new TileBuilder();
    for (long i = 0; i < size; i++) {
      builder.add(entry(i), files::put);
    }
    files.putAll(builder.partials());
    return builder;
  }

  @Test
  void aTreeOf70000HasTheFilesThatTheSpecificationNames() throws IOException {
    build(70_000);
    assertThat(files).hasSize(2 * (273 + 1) + 1 + 1 + 1);
    assertThat(files.get("tile/0/272")).hasSize(8192);
    assertThat(files.get("tile/0/273.p/112")).hasSize(112 * 32);
    assertThat(files.get("tile/1/000")).hasSize(8192);
    assertThat(files.get("tile/1/001.p/17")).hasSize(17 * 32);
    assertThat(files.get("tile/2/000.p/1")).hasSize(32);
    assertThat(files.get("tile/entries/272")).hasSize(256 * 10);
    assertThat(files.get("tile/entries/273.p/112")).hasSize(112 * 10);
  }

  @Test
  void longIndexesAreSplitAsTheSpecificationShows() {
    assertThat(TilePath.hashes(0, 1_234_067, 256)).isEqualTo("tile/0/x001/x234/067");
    assertThat(TilePath.entries(1000, 5)).isEqualTo("tile/entries/x001/000.p/5");
  }

  @Test
  void rootAndProofsComeFromTheFiles() throws IOException {
    for (long size : new long[] {1, 2, 255, 256, 257, 300, 512, 65_536, 65_537, 66_001}) {
      files.clear();
      byte[] root = build(size).root();
      LogReader reader = new LogReader(source, size);
      assertThat(MerkleTree.root(reader, size)).isEqualTo(root);
      for (long i : new long[] {0, size / 2, size - 1}) {
        assertThat(reader.entry(i)).isEqualTo(entry(i));
        assertThat(
                ProofCheck.inclusion(
                    i,
                    size,
                    MerkleHash.leaf(entry(i)),
                    MerkleTree.inclusion(reader, i, size),
                    root))
            .isTrue();
      }
    }
  }

  @Test
  void goingOnGivesTheSameFilesAsNeverHavingStopped() throws IOException {
    byte[] root = build(70_000).root();
    Map<String, byte[]> whole = Map.copyOf(files);
    for (long stop : new long[] {0, 1, 255, 256, 65_535, 65_536, 65_537, 69_999}) {
      files.clear();
      build(stop);
      TileBuilder builder = TileBuilder.resume(source, stop);
      for (long i = stop; i < 70_000; i++) {
        builder.add(entry(i), files::put);
      }
      files.putAll(builder.partials());
      assertThat(builder.root()).isEqualTo(root);
      whole.forEach((path, content) -> assertThat(files.get(path)).as(path).isEqualTo(content));
    }
  }

  @Test
  void aPartialFileMayGoOnceTheFullOneIsThere() throws IOException {
    byte[] root = build(300).root();
    build(512);
    files.keySet().removeAll(Set.of("tile/0/001.p/44", "tile/entries/001.p/44"));
    assertThat(MerkleTree.root(new LogReader(source, 300), 300)).isEqualTo(root);
    assertThat(new LogReader(source, 300).entry(299)).isEqualTo(entry(299));
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    build(300);
    files.put("tile/0/001.p/44", new byte[43 * 32]);
    files.put("tile/entries/001.p/44", new byte[] {0, 9, 1});
    files.put("tile/entries/000", new byte[] {0, 1, 1});
    LogReader reader = new LogReader(source, 300);
    assertThatThrownBy(() -> reader.node(0, 299)).isInstanceOf(MalformedEvidenceException.class);
    assertThatThrownBy(() -> reader.entry(299)).isInstanceOf(MalformedEvidenceException.class);
    assertThatThrownBy(() -> reader.entry(0)).isInstanceOf(MalformedEvidenceException.class);
    files.remove("tile/1/000.p/1");
    assertThatThrownBy(() -> reader.node(8, 0)).isInstanceOf(IOException.class);
  }

  @Test
  void anEntryThatIsTooLongIsRefused() {
    TileBuilder builder = new TileBuilder();
    assertThatThrownBy(() -> builder.add(new byte[65_536], files::put))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(builder.size()).isZero();
  }
}
