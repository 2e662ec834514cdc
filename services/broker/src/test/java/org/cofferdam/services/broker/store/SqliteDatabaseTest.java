// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is SQLite's own. */
class SqliteDatabaseTest extends DatabaseContract {
  @TempDir Path folder;

  @Override
  Database open() throws IOException {
    return SqliteDatabase.open(folder);
  }

  @Test
  void everyCommitIsForcedToDisk() throws Exception {
    try (Database database = SqliteDatabase.open(folder)) {
      String mode =
          database.write(
              connection -> pragma(connection, "journal_mode") + pragma(connection, "synchronous"));
      assertThat(mode).isEqualTo("wal2");
    }
  }

  @Test
  void readersCannotWrite() throws Exception {
    try (Database database = SqliteDatabase.open(folder)) {
      assertThatThrownBy(() -> database.read(connection -> insert(connection, "one")))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSecondServerIsKeptOut() throws Exception {
    try (Database database = SqliteDatabase.open(folder)) {
      assertThatThrownBy(() -> SqliteDatabase.open(folder)).hasMessageContaining("another server");
      assertThat(database.<Integer>read(DatabaseContract::count)).isZero();
    }
  }

  @Test
  void aStoreOfALaterProgramIsRefused() throws Exception {
    try (Database database = SqliteDatabase.open(folder)) {
      database.write(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.executeUpdate(
                  "INSERT INTO flyway_schema_history VALUES"
                      + " (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', '2026-01-01 00:00:00.000', 1, 1)");
            }
          });
    }
    assertThatThrownBy(() -> SqliteDatabase.open(folder)).hasMessageContaining("99");
  }

  @Test
  void aStoreIsForItsOwnerOnly() throws Exception {
    Path fresh = folder.resolve("fresh");
    try (Database database = SqliteDatabase.open(fresh)) {
      assertThat(Files.getPosixFilePermissions(fresh)).hasSize(3);
      assertThat(database.<Integer>read(DatabaseContract::count)).isZero();
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
