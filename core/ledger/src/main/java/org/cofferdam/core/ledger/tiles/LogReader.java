// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tiles;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.cofferdam.core.ledger.tree.Nodes;

/**
 * Reads the tree of one size from a log's files. What it reads is only as good as the source: check
 * proofs against a checkpoint. Not for many threads.
 */
public final class LogReader implements Nodes {
  private static final int CACHED_TILES = 64;
  private static final int TILE_HEIGHT = 8;

  private final TileSource source;
  private final long size;
  private final Map<String, byte[]> tiles = new LinkedHashMap<>();

  /**
   * @param size of a checkpoint that the log has published
   */
  public LogReader(TileSource source, long size) {
    this.source = source;
    this.size = size;
  }

  /** Number of entries in the tree that is read. */
  public long size() {
    return size;
  }

  /**
   * One entry.
   *
   * @throws IllegalArgumentException where the tree has no such entry
   */
  public byte[] entry(long index) throws IOException {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no entry " + index + " in a log of " + size);
    }
    return bundle(index / TilePath.WIDTH).get((int) (index % TilePath.WIDTH));
  }

  /**
   * The entries of one bundle that are in the tree.
   *
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where the bundle has another form
   */
  public List<byte[]> bundle(long index) throws IOException {
    int width = width(0, index);
    byte[] content = file(TilePath.entries(index, width), TilePath.entries(index, TilePath.WIDTH));
    ByteReader reader = ByteReader.of("entry bundle", content);
    List<byte[]> entries = new ArrayList<>();
    while (reader.remaining() > 0) {
      entries.add(reader.bytes("entry", reader.u16be("length")));
    }
    if (entries.size() != width && entries.size() != TilePath.WIDTH) {
      throw reader.malformed("entries", "are " + entries.size() + ", not " + width);
    }
    return entries.subList(0, width);
  }

  @Override
  public byte[] node(int level, long index) throws IOException {
    // A subtree of height 8 is one hash of the level above, if the tree is there.
    int tileLevel = level / TILE_HEIGHT;
    int height = level % TILE_HEIGHT;
    long first = index << height;
    byte[] tile = tile(tileLevel, first / TilePath.WIDTH);
    return TileHash.of(tile, (int) (first % TilePath.WIDTH), 1 << height);
  }

  /** The hashes of one tile that are in the tree, 32 bytes each; none where it is empty. */
  byte[] tile(int level, long index) throws IOException {
    int width = width(level, index);
    if (width == 0) {
      return new byte[0];
    }
    String path = TilePath.hashes(level, index, width);
    byte[] cached = tiles.get(path);
    if (cached != null) {
      return cached;
    }
    byte[] content = file(path, TilePath.hashes(level, index, TilePath.WIDTH));
    int length = width * MerkleHash.SIZE;
    if (content.length != length && content.length != TilePath.WIDTH * MerkleHash.SIZE) {
      throw ByteReader.of("hash tile", content)
          .malformed("hashes", "take " + content.length + " bytes, not " + length);
    }
    byte[] tile = Arrays.copyOf(content, length);
    if (tiles.size() == CACHED_TILES) {
      tiles.remove(tiles.keySet().iterator().next());
    }
    tiles.put(path, tile);
    return tile;
  }

  private int width(int level, long index) {
    long hashes = size >> (TILE_HEIGHT * level);
    return Math.clamp(hashes - index * TilePath.WIDTH, 0, TilePath.WIDTH);
  }

  private byte[] file(String path, String full) throws IOException {
    Optional<byte[]> content = source.read(path);
    if (content.isEmpty() && !path.equals(full)) {
      // A partial file may go once the full one is there.
      content = source.read(full);
    }
    return content.orElseThrow(() -> new IOException("the log does not have " + path));
  }
}
