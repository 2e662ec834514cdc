// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tiles;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files that are whole and durable, or not there. A file is written under another name, forced,
 * renamed, and then its directory is forced. Not for many threads.
 */
public final class TileStore implements TileSource {
  private static final String TEMPORARY = ".tmp";

  private final Disk disk;

  /** Directories whose own names are known to be durable, all the way up. */
  private final Set<String> anchored = new HashSet<>(Set.of(""));

  public TileStore(Disk disk) {
    this.disk = disk;
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return disk.read(path);
  }

  /**
   * Creates files that never change, and returns when all are durable. A file that is there with
   * the same bytes is left alone.
   *
   * @throws IOException where one is there with other bytes: the log would fork
   */
  public void create(Map<String, byte[]> files) throws IOException {
    Set<String> directories = new LinkedHashSet<>();
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String path = file.getKey();
      Optional<byte[]> present = disk.read(path);
      if (present.isEmpty()) {
        anchor(TilePath.parent(path));
        disk.write(path + TEMPORARY, file.getValue());
        missing.add(path);
      } else if (!Arrays.equals(present.get(), file.getValue())) {
        throw new IOException(path + " is there with other content: the log would fork");
      }
      // Also for a file that was there: a process that died may not have come to forcing its name.
      directories.add(TilePath.parent(path));
    }
    disk.forceAll(missing.stream().map(path -> path + TEMPORARY).toList());
    for (String path : missing) {
      disk.rename(path + TEMPORARY, path);
    }
    disk.forceDirectories(directories);
  }

  /** Replaces a file and returns when that is durable; readers see the old bytes or the new. */
  public void replace(String path, byte[] content) throws IOException {
    anchor(TilePath.parent(path));
    disk.write(path + TEMPORARY, content);
    disk.force(path + TEMPORARY);
    disk.rename(path + TEMPORARY, path);
    disk.forceDirectory(TilePath.parent(path));
  }

  /** Removes the files of a directory, where there are any. A loss of power may bring them back. */
  public void clear(String directory) throws IOException {
    for (String name : disk.list(directory)) {
      disk.delete(directory + "/" + name);
    }
  }

  private void anchor(String directory) throws IOException {
    if (anchored.add(directory)) {
      String parent = TilePath.parent(directory);
      anchor(parent);
      disk.createDirectory(directory);
      disk.forceDirectory(parent);
    }
  }
}
