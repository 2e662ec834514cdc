// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.ledger.Outbox;
import org.cofferdam.core.ledger.Submission;

/** The queue in front of the log, in the same database as what the records tell of. */
public final class SqlOutbox implements Outbox<OutboxTransaction> {
  private final Database database;

  public SqlOutbox(Database database) {
    this.database = database;
  }

  @Override
  public long append(Submission submission, Effect<? super OutboxTransaction> effect)
      throws IOException {
    return database.write(
        connection -> {
          long sequence = next(connection);
          insert(connection, sequence, submission);
          effect.apply(new OutboxTransaction(connection, sequence));
          return sequence;
        });
  }

  @Override
  public List<Submission> read(long from, int limit) throws IOException {
    return database.read(
        connection -> {
          List<Submission> submissions = new ArrayList<>();
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT seq, record FROM outbox WHERE seq >= ? ORDER BY seq LIMIT ?")) {
            query.setLong(1, from);
            query.setInt(2, limit);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                long sequence = rows.getLong(1);
                if (sequence != from + submissions.size()) {
                  throw new IOException("the outbox does not have record " + from + " any more");
                }
                submissions.add(new Submission(rows.getBytes(2), content(connection, sequence)));
              }
            }
          }
          return submissions;
        });
  }

  @Override
  public long size() throws IOException {
    return database.read(
        connection -> {
          try (PreparedStatement query =
                  connection.prepareStatement("SELECT next FROM outbox_state");
              ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }

  @Override
  public void trim(long before) throws IOException {
    database.write(
        connection -> {
          for (String table : List.of("outbox_content", "outbox")) {
            try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE seq < ?")) {
              delete.setLong(1, before);
              delete.executeUpdate();
            }
          }
          return before;
        });
  }

  private static long next(Connection connection) throws SQLException {
    try (PreparedStatement update =
            connection.prepareStatement(
                "UPDATE outbox_state SET next = next + 1 RETURNING next - 1");
        ResultSet rows = update.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void insert(Connection connection, long sequence, Submission submission)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO outbox VALUES (?, ?)")) {
      insert.setLong(1, sequence);
      insert.setBytes(2, submission.record());
      insert.executeUpdate();
    }
    if (submission.content().isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO outbox_content VALUES (?, ?, ?)")) {
      for (int i = 0; i < submission.content().size(); i++) {
        insert.setLong(1, sequence);
        insert.setInt(2, i);
        insert.setBytes(3, submission.content().get(i));
        insert.executeUpdate();
      }
    }
  }

  private static List<byte[]> content(Connection connection, long sequence) throws SQLException {
    List<byte[]> content = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT bytes FROM outbox_content WHERE seq = ? ORDER BY position")) {
      query.setLong(1, sequence);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          content.add(rows.getBytes(1));
        }
      }
    }
    return content;
  }
}
