// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is PostgreSQL's own. */
@Tag("full")
class PostgresDatabaseTest extends DatabaseContract {
  @AutoClose private static TestPostgres postgres;
  private String url;

  @BeforeAll
  static void begin() throws Exception {
    postgres = new TestPostgres();
  }

  @BeforeEach
  void create() throws Exception {
    url = postgres.newDatabase();
  }

  @Override
  Database open() throws IOException {
    return PostgresDatabase.open(url, "cofferdam", "", "broker");
  }

  @Test
  void aServerThatDoesNotForceItsWritesIsNotUsed() throws Exception {
    open().close();
    String name = url.substring(url.lastIndexOf('/') + 1);
    try (var connection = DriverManager.getConnection(url, "cofferdam", "");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE " + name + " SET synchronous_commit = off");
    }
    assertThatThrownBy(this::open).hasMessageContaining("synchronous_commit");
  }

  @Test
  void twoServersShareItAndNumberTheirRecordsTogether() throws Exception {
    try (Database one = open();
        Database other = open()) {
      SqlOutbox first = new SqlOutbox(one);
      SqlOutbox second = new SqlOutbox(other);
      for (int i = 0; i < 20; i++) {
        SqlOutbox turn = i % 2 == 0 ? first : second;
        assertThat(turn.append(submission("record" + i), transaction -> {})).isEqualTo(i);
      }
    }
  }

  @Test
  void aBrokenConnectionIsOpenedAgain() throws Exception {
    try (Database database = open()) {
      database.write(connection -> insert(connection, "before"));
      postgres.kill();
      assertThatThrownBy(() -> database.write(connection -> insert(connection, "during")))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> database.<Integer>read(DatabaseContract::count))
          .isInstanceOf(IOException.class);
      postgres.start();
      database.write(connection -> insert(connection, "after"));
      for (int i = 0; i < 4; i++) {
        readOrNot(database);
      }
      assertThat(database.<Integer>read(DatabaseContract::count)).isEqualTo(2);
    }
  }

  /** Each connection finds out by itself that its server is another. */
  private static void readOrNot(Database database) {
    try {
      database.<Integer>read(DatabaseContract::count);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("could not be read");
    }
  }
}
