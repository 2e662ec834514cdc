// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.ledger;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.cofferdam.core.ledger.tiles.Disk;

/**
 * Counts forced writes.
 *
 * @param disk underneath
 * @param forces so far, of contents and of names
 */
record CountingDisk(Disk disk, AtomicLong forces) implements Disk {
  CountingDisk(Disk disk) {
    this(disk, new AtomicLong());
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return disk.read(path);
  }

  @Override
  public byte[] read(String path, long offset, int length) throws IOException {
    return disk.read(path, offset, length);
  }

  @Override
  public void write(String path, byte[] content) throws IOException {
    disk.write(path, content);
  }

  @Override
  public void append(String path, byte[] content) throws IOException {
    disk.append(path, content);
  }

  @Override
  public void truncate(String path, long length) throws IOException {
    disk.truncate(path, length);
  }

  @Override
  public void force(String path) throws IOException {
    forces.incrementAndGet();
    disk.force(path);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(String path) throws IOException {
    disk.delete(path);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public void createDirectory(String directory) throws IOException {
    disk.createDirectory(directory);
  }

  @Override
  public void forceDirectory(String directory) throws IOException {
    forces.incrementAndGet();
    disk.forceDirectory(directory);
  }

  @Override
  public void forceAll(Collection<String> paths) throws IOException {
    forces.addAndGet(paths.size());
    disk.forceAll(paths);
  }

  @Override
  public void forceDirectories(Collection<String> directories) throws IOException {
    forces.addAndGet(directories.size());
    disk.forceDirectories(directories);
  }
}
