// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tiles;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** A folder of a real file system, held by one process at a time. */
public final class FileDisk implements Disk, AutoCloseable {
  private static final String LOCK = ".lock";
  private static final int FORCED_TOGETHER = 32;

  private final Path root;
  private final FileSource source;
  private final FileChannel lockFile;

  private FileDisk(Path root, FileChannel lockFile) {
    this.root = root;
    this.source = new FileSource(root);
    this.lockFile = lockFile;
  }

  /**
   * Takes hold of the folder, and creates it where it is missing.
   *
   * @throws HeldException where another holder has it
   */
  public static FileDisk open(Path root) throws IOException {
    Files.createDirectories(root);
    FileChannel lockFile =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = lockFile.tryLock();
      if (lock != null) {
        return new FileDisk(root, lockFile);
      }
    } catch (OverlappingFileLockException e) {
      lockFile.close();
      throw new HeldException(root + " is in use in this process");
    }
    lockFile.close();
    throw new HeldException(root + " is in use by another process");
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return source.read(path);
  }

  @Override
  public byte[] read(String path, long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try (FileChannel file = open(path, StandardOpenOption.READ)) {
      while (buffer.hasRemaining()) {
        if (file.read(buffer, offset + buffer.position()) < 0) {
          throw new EOFException(path + " ends before " + (offset + length));
        }
      }
    }
    return buffer.array();
  }

  @Override
  public void write(String path, byte[] content) throws IOException {
    Files.write(root.resolve(path), content);
  }

  @Override
  public void append(String path, byte[] content) throws IOException {
    Files.write(root.resolve(path), content, StandardOpenOption.APPEND);
  }

  @Override
  public void truncate(String path, long length) throws IOException {
    try (FileChannel file = open(path, StandardOpenOption.WRITE)) {
      file.truncate(length);
    }
  }

  @Override
  public void force(String path) throws IOException {
    try (FileChannel file = open(path, StandardOpenOption.WRITE)) {
      file.force(true);
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        root.resolve(from),
        root.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String path) throws IOException {
    Files.delete(root.resolve(path));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    Path folder = root.resolve(directory);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public void createDirectory(String directory) throws IOException {
    Path folder = root.resolve(directory);
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
    }
  }

  @Override
  public void forceDirectory(String directory) throws IOException {
    try (FileChannel folder = open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  @Override
  public void forceAll(Collection<String> paths) throws IOException {
    together(paths, this::force);
  }

  @Override
  public void forceDirectories(Collection<String> directories) throws IOException {
    together(directories, this::forceDirectory);
  }

  /** The file system's journal takes in one commit what is forced at the same time. */
  private static void together(Collection<String> paths, Force force) throws IOException {
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Math.clamp(paths.size(), 1, FORCED_TOGETHER))) {
      for (String path : paths) {
        running.add(
            threads.submit(
                () -> {
                  force.run(path);
                  return path;
                }));
      }
    }
    for (Future<?> done : running) {
      switch (done.state()) {
        case SUCCESS -> {}
        case FAILED -> throw new IOException("not every file was forced", done.exceptionNow());
        case RUNNING, CANCELLED -> throw new IOException("interrupted while forcing files");
      }
    }
  }

  @FunctionalInterface
  private interface Force {
    void run(String path) throws IOException;
  }

  /** Lets go of the folder. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private FileChannel open(String path, OpenOption option) throws IOException {
    return FileChannel.open(root.resolve(path), option);
  }
}
