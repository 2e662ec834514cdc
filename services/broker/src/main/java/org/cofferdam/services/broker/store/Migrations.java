// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings the tables to the version of this program, one numbered script after the other, each in a
 * transaction of its own. A store of a later version is refused.
 */
final class Migrations {
  private static final List<String> SCRIPTS = List.of("V1__store.sql", "V2__resource_policy.sql");

  private Migrations() {}

  static void apply(Connection connection) throws SQLException, IOException {
    int version = version(connection);
    if (version > SCRIPTS.size()) {
      throw new IOException(
          "the store is of version " + version + ", this program knows " + SCRIPTS.size());
    }
    for (int next = version; next < SCRIPTS.size(); next++) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        try {
          for (String command : commands(SCRIPTS.get(next))) {
            statement.execute(command);
          }
          statement.execute("PRAGMA user_version = " + (next + 1));
          statement.execute("COMMIT");
        } catch (SQLException e) {
          statement.execute("ROLLBACK");
          throw e;
        }
      }
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** The scripts use no semicolon but at the end of a command. */
  private static List<String> commands(String name) throws IOException {
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the program lacks its script " + name);
      }
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
      return List.of(text.split(";")).stream()
          .map(String::strip)
          .filter(command -> !command.isEmpty())
          .toList();
    }
  }
}
