// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

abstract class DatabaseContract {
  abstract Database open() throws Exception;

  @Test
  void aFailedWriteUndoesOnlyItself() throws Exception {
    try (Database database = open();
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
      assertThat(database.<Integer>read(DatabaseContract::count)).isEqualTo(133);
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterOpeningAgain() throws Exception {
    try (Database database = open()) {
      database.write(connection -> insert(connection, "one"));
    }
    try (Database database = open()) {
      assertThat(database.<Integer>read(DatabaseContract::count)).isEqualTo(1);
    }
  }

  @Test
  void recordsAreNumberedWithoutGapsWhateverFails() throws Exception {
    try (Database database = open()) {
      SqlOutbox outbox = new SqlOutbox(database);
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
    try (Database database = open()) {
      SqlOutbox outbox = new SqlOutbox(database);
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
    try (Database database = open()) {
      SqlOutbox outbox = new SqlOutbox(database);
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
      assertThat(database.<Integer>read(DatabaseContract::count)).isEqualTo(1);
      assertThat(outbox.size()).isEqualTo(1);
    }
  }

  static Submission submission(String text) {
    return new Submission(
        text.getBytes(StandardCharsets.UTF_8), List.of(new byte[] {1, 2}, new byte[] {3}));
  }

  static int insert(Connection connection, String name) throws IOException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO system_key VALUES (?, ?)")) {
      insert.setString(1, name);
      insert.setBytes(2, new byte[1]);
      return insert.executeUpdate();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM system_key")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
