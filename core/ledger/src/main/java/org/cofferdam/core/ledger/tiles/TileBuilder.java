// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tiles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.jspecify.annotations.Nullable;

/**
 * Turns entries, in order, into the files of tlog-tiles. It keeps the tree's right edge only: one
 * open tile a level and one open bundle.
 */
public final class TileBuilder {
  private static final int MAX_ENTRY = 65_535;

  private final List<OpenTile> levels = new ArrayList<>();
  private final ByteArrayOutputStream bundle = new ByteArrayOutputStream();
  private long size;

  /** An empty tree. */
  public TileBuilder() {}

  /**
   * Goes on after the first {@code size} entries of a log.
   *
   * @throws IOException where the right edge cannot be read; compare {@link #root()} afterwards
   */
  public static TileBuilder resume(TileSource source, long size) throws IOException {
    TileBuilder builder = new TileBuilder();
    LogReader reader = new LogReader(source, size);
    builder.size = size;
    int level = 0;
    for (long count = size; count > 0; count /= TilePath.WIDTH, level++) {
      byte[] open = reader.tile(level, count / TilePath.WIDTH);
      builder.levels.add(new OpenTile(level, count / TilePath.WIDTH, open));
    }
    if (size % TilePath.WIDTH != 0) {
      for (byte[] entry : reader.bundle(size / TilePath.WIDTH)) {
        builder.addToBundle(entry);
      }
    }
    return builder;
  }

  public long size() {
    return size;
  }

  /**
   * Adds one entry, and hands every tile and bundle that it fills to {@code sink}.
   *
   * @throws IllegalArgumentException where it is longer than 65,535 bytes
   */
  public void add(byte[] entry, Sink sink) throws IOException {
    if (entry.length > MAX_ENTRY) {
      throw new IllegalArgumentException("an entry of " + entry.length + " bytes");
    }
    addToBundle(entry);
    size++;
    if (size % TilePath.WIDTH == 0) {
      sink.file(TilePath.entries(size / TilePath.WIDTH - 1, TilePath.WIDTH), bundle.toByteArray());
      bundle.reset();
    }
    byte[] carry = MerkleHash.leaf(entry);
    for (int level = 0; carry.length > 0; level++) {
      if (level == levels.size()) {
        levels.add(new OpenTile(level, 0, new byte[0]));
      }
      carry = levels.get(level).add(carry, sink);
    }
  }

  /** The partial files of the present size that changed since the last call. */
  public Map<String, byte[]> partials() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    int width = (int) (size % TilePath.WIDTH);
    if (width > 0 && levels.getFirst().changed) {
      files.put(TilePath.entries(size / TilePath.WIDTH, width), bundle.toByteArray());
    }
    for (OpenTile tile : levels) {
      if (tile.changed && tile.width() > 0) {
        files.put(TilePath.hashes(tile.level, tile.index, tile.width()), tile.content());
      }
      tile.changed = false;
    }
    return files;
  }

  /** RFC 6962 root of all entries so far. */
  public byte[] root() {
    byte @Nullable [] root = null;
    for (OpenTile tile : levels) {
      int end = tile.width();
      // The open tile splits into complete subtrees; the smallest is the rightmost.
      for (int rest = end; rest > 0; rest &= rest - 1) {
        int count = Integer.lowestOneBit(rest);
        byte[] subtree = TileHash.of(tile.hashes, end - count, count);
        root = root == null ? subtree : MerkleHash.node(subtree, root);
        end -= count;
      }
    }
    return root == null ? MerkleHash.empty() : root;
  }

  private void addToBundle(byte[] entry) {
    bundle.write(entry.length >> 8);
    bundle.write(entry.length);
    bundle.writeBytes(entry);
  }

  /** Takes a finished file. */
  @FunctionalInterface
  public interface Sink {
    void file(String path, byte[] content) throws IOException;
  }

  /** The tile of a level that is not full yet. */
  private static final class OpenTile {
    private final int level;
    private final byte[] hashes = new byte[TilePath.WIDTH * MerkleHash.SIZE];
    private final ByteBuffer next = ByteBuffer.wrap(hashes);
    private long index;
    private boolean changed;

    OpenTile(int level, long index, byte[] content) {
      this.level = level;
      this.index = index;
      next.put(content);
    }

    int width() {
      return next.position() / MerkleHash.SIZE;
    }

    byte[] content() {
      return Arrays.copyOf(hashes, next.position());
    }

    /** Returns the hash for the level above, or nothing while the tile has room. */
    byte[] add(byte[] hash, Sink sink) throws IOException {
      next.put(hash);
      changed = true;
      if (next.hasRemaining()) {
        return new byte[0];
      }
      sink.file(TilePath.hashes(level, index, TilePath.WIDTH), hashes.clone());
      next.clear();
      index++;
      return TileHash.of(hashes, 0, TilePath.WIDTH);
    }
  }
}
