// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.keys;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.services.broker.store.Database;

/** The server's own keys, made once and kept sealed. */
public final class SystemKeys {
  private final Database database;
  private final Envelope envelope;

  public SystemKeys(Database database, Envelope envelope) {
    this.database = database;
    this.envelope = envelope;
  }

  /** The key of this name; where there is none, {@code make} makes it. */
  public SecretBytes getOrMake(String name, Maker make) throws IOException {
    Optional<byte[]> kept = database.read(connection -> find(connection, name));
    if (kept.isEmpty()) {
      try (SecretBytes made = make.make()) {
        byte[] sealed = envelope.seal(made, context(name));
        kept =
            database.write(
                connection -> {
                  insert(connection, name, sealed);
                  return find(connection, name);
                });
      }
    }
    return envelope.open(kept.orElseThrow(), context(name));
  }

  /** Makes a key in its encoded form. */
  @FunctionalInterface
  public interface Maker {
    SecretBytes make();
  }

  private static String context(String name) {
    return "system_key\n" + name;
  }

  private static Optional<byte[]> find(Connection connection, String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT sealed FROM system_key WHERE name = ?")) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
      }
    }
  }

  private static void insert(Connection connection, String name, byte[] sealed)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO system_key VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, name);
      insert.setBytes(2, sealed);
      insert.executeUpdate();
    }
  }
}
