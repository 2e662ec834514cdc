// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tiles;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a disk does, and no more. Nothing survives a loss of power before it is forced: contents by
 * {@link #force}, names by {@link #forceDirectory}. Paths are relative, with slashes; the empty
 * path is the root.
 */
public interface Disk extends TileSource {
  @Override
  Optional<byte[]> read(String path) throws IOException;

  /** Part of a file that has at least {@code offset + length} bytes. */
  byte[] read(String path, long offset, int length) throws IOException;

  /** Creates the file, or replaces all its bytes. */
  void write(String path, byte[] content) throws IOException;

  /** Adds bytes at the end of a file that is there. */
  void append(String path, byte[] content) throws IOException;

  /** Cuts a file that is there. */
  void truncate(String path, long length) throws IOException;

  /** Makes the present bytes of a file durable. */
  void force(String path) throws IOException;

  /** Gives a file another name in the same directory, in the place of what had it. */
  void rename(String from, String to) throws IOException;

  /** Removes a file that is there. */
  void delete(String path) throws IOException;

  /** Names of the files in a directory, sorted; none where it is missing. */
  List<String> list(String directory) throws IOException;

  /** Creates a directory whose parent is there; nothing happens if it exists. */
  void createDirectory(String directory) throws IOException;

  /** Makes the present names in a directory durable. */
  void forceDirectory(String directory) throws IOException;

  /** Makes many files durable; a real disk does it for many at once in little more time. */
  default void forceAll(Collection<String> paths) throws IOException {
    for (String path : paths) {
      force(path);
    }
  }

  /** Makes the names in many directories durable. */
  default void forceDirectories(Collection<String> directories) throws IOException {
    for (String directory : directories) {
      forceDirectory(directory);
    }
  }
}
