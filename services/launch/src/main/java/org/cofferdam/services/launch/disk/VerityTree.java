// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.disk;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Digests;

/**
 * The hash tree of dm-verity (Linux {@code verity.rst}), version 1, SHA-256, blocks of 4096 bytes,
 * no salt, no superblock: the top level first, the level over the data last.
 *
 * @param rootHash SHA-256 of the top block
 * @param dataBlocks blocks of the data device
 */
public record VerityTree(byte[] rootHash, long dataBlocks) {
  public static final int BLOCK = 4096;

  /**
   * Reads {@code data} and writes its tree.
   *
   * @param data a whole number of blocks, at least two: a single one has no tree
   */
  public static VerityTree write(Path data, Path tree) throws IOException {
    long size = Files.size(data);
    if (size <= BLOCK || size % BLOCK != 0) {
      throw new IOException(data + " is not two or more whole blocks of " + BLOCK + " bytes");
    }
    List<byte[]> levels = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(data), 1 << 20)) {
      levels.add(level(in));
    }
    while (levels.getLast().length > BLOCK) {
      levels.add(level(new ByteArrayInputStream(levels.getLast())));
    }
    try (OutputStream out = Files.newOutputStream(tree)) {
      for (byte[] level : levels.reversed()) {
        out.write(level);
      }
    }
    return new VerityTree(Digests.sha256(levels.getLast()), size / BLOCK);
  }

  /** Hashes of all blocks, filled up with zeros to a whole block. */
  private static byte[] level(InputStream in) throws IOException {
    MessageDigest digest = Digests.start("SHA-256");
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    byte[] block = new byte[BLOCK];
    while (in.readNBytes(block, 0, BLOCK) == BLOCK) {
      hashes.writeBytes(digest.digest(block));
    }
    int over = hashes.size() % BLOCK;
    hashes.writeBytes(new byte[over == 0 ? 0 : BLOCK - over]);
    return hashes.toByteArray();
  }
}
