// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.resource;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.cofferdam.core.policy.RegoPolicy;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.Remembered;

/** The uploaded resource policies; the last one is in force, compiled once. */
public final class ResourcePolicyStore {
  private final Remembered<Optional<RegoPolicy>> remembered;

  public ResourcePolicyStore(Database database) {
    remembered = new Remembered<>(database, ResourcePolicyStore::last);
  }

  /** Adds a version, within a transaction that records it; then call {@link #forget}. */
  public void put(Connection connection, String text, Instant at) throws IOException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO resource_policy SELECT coalesce(max(version), 0) + 1, ?, ?"
                + " FROM resource_policy")) {
      insert.setLong(1, at.getEpochSecond());
      insert.setString(2, text);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("the policy could not be written: " + e.getMessage(), e);
    }
  }

  /** Looks into the database again at the next question. */
  public void forget() {
    remembered.forget();
  }

  /** The policy in force; empty where none was ever uploaded. */
  public Optional<RegoPolicy> current() throws IOException {
    return remembered.get();
  }

  private static Optional<RegoPolicy> last(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT version, rego FROM resource_policy ORDER BY version DESC LIMIT 1");
        ResultSet rows = query.executeQuery()) {
      return rows.next()
          ? Optional.of(RegoPolicy.compile(rows.getLong(1), rows.getString(2)))
          : Optional.empty();
    }
  }
}
