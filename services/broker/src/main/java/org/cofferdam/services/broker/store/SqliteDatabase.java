// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.sqlite.SQLiteConfig;

/** SQLite in a folder: one process at a time. */
public final class SqliteDatabase implements Database {
  private static final int READERS = 4;
  private static final int BUSY_MILLIS = 10_000;

  private final FileChannel lockFile;
  private final Connection writerConnection;
  private final GroupCommit writer;
  private final List<Connection> readers = new ArrayList<>();
  private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(READERS);

  private SqliteDatabase(FileChannel lockFile, Connection writerConnection) {
    this.lockFile = lockFile;
    this.writerConnection = writerConnection;
    this.writer = new GroupCommit(() -> writerConnection, "BEGIN IMMEDIATE");
  }

  /**
   * Opens or creates the database in {@code folder}, and brings its tables to this version.
   *
   * @throws IOException where it cannot be opened, or another process has it
   */
  public static SqliteDatabase open(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    FileChannel lockFile =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock(lockFile, folder);
      Path file = folder.resolve("store.db");
      Connection connection = connect(file, false);
      SqliteDatabase database = new SqliteDatabase(lockFile, connection);
      try {
        Migrations.sqlite(file);
        forceWhatIsThere(connection);
        for (int i = 0; i < READERS; i++) {
          Connection reader = connect(file, true);
          database.readers.add(reader);
          database.idle.add(reader);
        }
        database.writer.start();
        return database;
      } catch (SQLException | IOException e) {
        database.close();
        throw e;
      }
    } catch (SQLException e) {
      lockFile.close();
      throw new IOException("the store in " + folder + " cannot be opened: " + e.getMessage(), e);
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  /** A process that died may have left a commit that was never forced; now it counts. */
  private static void forceWhatIsThere(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  @Override
  public <R> R write(Work<R> work) throws IOException {
    return writer.run(work);
  }

  @Override
  public <R> R read(Work<R> work) throws IOException {
    Connection connection;
    try {
      connection = idle.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the store", e);
    }
    try {
      return work.run(connection);
    } catch (SQLException e) {
      throw new IOException("the store could not be read: " + e.getMessage(), e);
    } finally {
      idle.add(connection);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
    try {
      for (Connection reader : readers) {
        reader.close();
      }
      writerConnection.close();
    } catch (SQLException e) {
      throw new IOException("the store could not be closed: " + e.getMessage(), e);
    } finally {
      lockFile.close();
    }
  }

  private static void lock(FileChannel lockFile, Path folder) throws IOException {
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException("another server has the store in " + folder);
    }
  }

  private static Connection connect(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    if (readOnly) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA query_only = ON");
      }
    }
    return connection;
  }
}
