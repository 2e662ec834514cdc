// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cofferdam.core.ledger.Submission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class DatabaseTest {
  @TempDir Path folder;

  @Test
  void aFailedWriteUndoesOnlyItself() throws Exception {
    try (Database database = Database.open(folder);
        ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> writes = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int number = i;
        writes.add(
            many.submit(
                () ->
                    database.write(
                        connection -> {
                          insert(connection, "key" + number);
                          if (number % 3 == 0) {
                            throw new IOException("no");
                          }
                          return number;
                        })));
      }
      int failed = 0;
      for (Future<Integer> write : writes) {
        try {
          write.get();
        } catch (ExecutionException e) {
          assertThat(e.getCause()).hasMessage("no");
          failed++;
        }
      }
      assertThat(failed).isEqualTo(67);
      assertThat(database.<Integer>read(DatabaseTest::count)).isEqualTo(133);
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterOpeningAgain() throws Exception {
    try (Database database = Database.open(folder)) {
      database.write(connection -> insert(connection, "one"));
    }
    try (Database database = Database.open(folder)) {
      assertThat(database.<Integer>read(DatabaseTest::count)).isEqualTo(1);
    }
  }

  @Test
  void everyCommitIsForcedToDisk() throws Exception {
    try (Database database = Database.open(folder)) {
      String mode =
          database.write(
              connection -> pragma(connection, "journal_mode") + pragma(connection, "synchronous"));
      assertThat(mode).isEqualTo("wal2");
    }
  }

  @Test
  void readersCannotWrite() throws Exception {
    try (Database database = Database.open(folder)) {
      assertThatThrownBy(() -> database.read(connection -> insert(connection, "one")))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSecondServerIsKeptOut() throws Exception {
    try (Database database = Database.open(folder)) {
      assertThatThrownBy(() -> Database.open(folder)).hasMessageContaining("another server");
      assertThat(database.<Integer>read(DatabaseTest::count)).isZero();
    }
  }

  @Test
  void aStoreOfALaterProgramIsRefused() throws Exception {
    try (Database database = Database.open(folder)) {
      database.read(connection -> pragma(connection, "user_version"));
    }
    SQLiteConfig config = new SQLiteConfig();
    try (Connection connection =
            config.createConnection("jdbc:sqlite:" + folder.resolve("store.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> Database.open(folder)).hasMessageContaining("version 99");
  }

  @Test
  void aStoreIsForItsOwnerOnly() throws Exception {
    Path fresh = folder.resolve("fresh");
    try (Database database = Database.open(fresh)) {
      assertThat(Files.getPosixFilePermissions(fresh)).hasSize(3);
      assertThat(database.<Integer>read(DatabaseTest::count)).isZero();
    }
  }

  @Test
  void recordsAreNumberedWithoutGapsWhateverFails() throws Exception {
    try (Database database = Database.open(folder)) {
      SqliteOutbox outbox = new SqliteOutbox(database);
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        int number = i;
        Submission submission = submission("record" + number);
        if (number % 2 == 0) {
          numbers.add(outbox.append(submission, transaction -> {}));
        } else {
          assertThatThrownBy(
                  () ->
                      outbox.append(
                          submission,
                          transaction -> {
                            throw new IOException("no");
                          }))
              .hasMessage("no");
        }
      }
      assertThat(numbers).containsExactly(0L, 1L, 2L, 3L, 4L);
      assertThat(outbox.size()).isEqualTo(5);
      List<Submission> read = outbox.read(3, 10);
      assertThat(read).hasSize(2);
      assertThat(new String(read.get(1).record(), StandardCharsets.UTF_8)).isEqualTo("record8");
      assertThat(read.get(1).content().getFirst()).isEqualTo(new byte[] {1, 2});
    }
  }

  @Test
  void trimmedRecordsAreGoneAndNumbersGoOn() throws Exception {
    try (Database database = Database.open(folder)) {
      SqliteOutbox outbox = new SqliteOutbox(database);
      for (int i = 0; i < 4; i++) {
        outbox.append(submission("record" + i), transaction -> {});
      }
      outbox.trim(3);
      assertThatThrownBy(() -> outbox.read(0, 10)).hasMessageContaining("record 0");
      assertThat(outbox.read(3, 10)).hasSize(1);
      assertThat(outbox.size()).isEqualTo(4);
      assertThat(outbox.append(submission("next"), transaction -> {})).isEqualTo(4);
    }
  }

  @Test
  void aRecordAndItsEffectAreBothThereOrNeither() throws Exception {
    try (Database database = Database.open(folder)) {
      SqliteOutbox outbox = new SqliteOutbox(database);
      outbox.append(submission("one"), transaction -> insert(transaction.connection(), "effect"));
      assertThatThrownBy(
              () ->
                  outbox.append(
                      submission("two"),
                      transaction -> {
                        insert(transaction.connection(), "other");
                        throw new IOException("no");
                      }))
          .hasMessage("no");
      assertThat(database.<Integer>read(DatabaseTest::count)).isEqualTo(1);
      assertThat(outbox.size()).isEqualTo(1);
    }
  }

  private static Submission submission(String text) {
    return new Submission(
        text.getBytes(StandardCharsets.UTF_8), List.of(new byte[] {1, 2}, new byte[] {3}));
  }

  private static int insert(Connection connection, String name) throws IOException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO system_key VALUES (?, x'00')")) {
      insert.setString(1, name);
      return insert.executeUpdate();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM system_key")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
