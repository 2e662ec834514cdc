// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings the tables to the version of this program with numbered scripts, the same ones on every
 * engine; only the names of two types differ. A store of a later version is refused.
 */
final class Migrations {
  private static final String SCRIPTS = "classpath:org/cofferdam/services/broker/store";

  /** Not for people who start it. Held here, because loggers that nobody holds are forgotten. */
  private static final Logger NOTES = Logger.getLogger("org.flywaydb");

  private Migrations() {}

  /**
   * @param file of the database
   */
  static void sqlite(Path file) throws IOException {
    String url = "jdbc:sqlite:" + file.toAbsolutePath();
    FluentConfiguration flyway =
        flyway("BLOB", "INTEGER").dataSource(url, null, null).failOnMissingLocations(true);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      rows.next();
      int before = rows.getInt(1);
      if (before > 0) {
        // Stores made before these scripts had a table of their versions counted here.
        flyway.baselineOnMigrate(true).baselineVersion(Integer.toString(before));
      }
    } catch (SQLException e) {
      throw new IOException("the store cannot be opened: " + e.getMessage(), e);
    }
    run(flyway);
  }

  static void postgres(String url, String user, String password, String schema) throws IOException {
    run(flyway("BYTEA", "BIGINT").dataSource(url, user, password).schemas(schema));
  }

  private static FluentConfiguration flyway(String bytes, String number) {
    return Flyway.configure()
        .locations(SCRIPTS)
        // The default lets a store of a later program pass.
        .ignoreMigrationPatterns(new String[0])
        .placeholders(Map.of("bytes", bytes, "number", number));
  }

  private static void run(FluentConfiguration flyway) throws IOException {
    NOTES.setLevel(Level.WARNING);
    try {
      flyway.load().migrate();
    } catch (FlywayException e) {
      throw new IOException("the store cannot be brought to this version: " + e.getMessage(), e);
    }
  }
}
