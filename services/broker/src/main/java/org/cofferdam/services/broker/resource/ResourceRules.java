// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.resource;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.services.broker.store.Database;

/** The rules of resources, counted in the transaction of each release. */
public final class ResourceRules {
  private final Database database;

  public ResourceRules(Database database) {
    this.database = database;
  }

  /** Sets a rule within a transaction that records it, and counts anew. */
  public void put(Connection connection, String path, ResourceRule rule) throws IOException {
    try (PreparedStatement put =
        connection.prepareStatement(
            "INSERT INTO resource_rule VALUES (?, ?, ?, 0) ON CONFLICT (path) DO UPDATE SET"
                + " not_after = excluded.not_after, max_releases = excluded.max_releases,"
                + " released = 0")) {
      put.setString(1, path);
      number(put, 2, rule.notAfter() == null ? null : rule.notAfter().getEpochSecond());
      number(put, 3, rule.maxReleases());
      put.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("the rule could not be written: " + e.getMessage(), e);
    }
  }

  private static void number(
      PreparedStatement put, int index, @org.jspecify.annotations.Nullable Long value)
      throws SQLException {
    if (value == null) {
      put.setNull(index, Types.BIGINT);
    } else {
      put.setLong(index, value);
    }
  }

  /**
   * Counts a release within its transaction.
   *
   * @throws LimitException where it may not be made
   */
  public void use(Connection connection, String path, Instant at) throws IOException {
    try {
      Optional<ResourceRule> rule = find(connection, path);
      if (rule.isEmpty()) {
        return;
      }
      Optional<Check> broken = rule.get().broken(at);
      if (broken.isPresent()) {
        throw new LimitException(broken.get());
      }
      try (PreparedStatement count =
          connection.prepareStatement(
              "UPDATE resource_rule SET released = released + 1 WHERE path = ?")) {
        count.setString(1, path);
        count.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IOException("the rule could not be counted: " + e.getMessage(), e);
    }
  }

  /** The rule that forbids a release now, if any; nothing is counted. */
  public Optional<Check> broken(String path, Instant at) throws IOException {
    return of(path).broken(at);
  }

  public ResourceRule of(String path) throws IOException {
    return database.read(connection -> find(connection, path)).orElse(ResourceRule.NONE);
  }

  private static Optional<ResourceRule> find(Connection connection, String path)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT not_after, max_releases, released FROM resource_rule WHERE path = ?")) {
      query.setString(1, path);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        long notAfter = rows.getLong(1);
        Instant end = rows.wasNull() ? null : Instant.ofEpochSecond(notAfter);
        long most = rows.getLong(2);
        Long limit = rows.wasNull() ? null : Long.valueOf(most);
        return Optional.of(new ResourceRule(end, limit, rows.getLong(3)));
      }
    }
  }
}
