// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.resource;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.policy.ResourcePattern;
import org.cofferdam.core.release.ReleaseGrant;
import org.cofferdam.services.broker.keys.Envelope;
import org.cofferdam.services.broker.store.Database;

/**
 * Secrets by path and version, each sealed. A new value is a new version, and the last one is what
 * guests get; the one before it stays, so that a rotation can be undone.
 */
public final class ResourceStore {
  private static final int KEPT_VERSIONS = 2;

  private final Database database;
  private final Envelope envelope;

  public ResourceStore(Database database, Envelope envelope) {
    this.database = database;
    this.envelope = envelope;
  }

  /**
   * Writes a new version within a transaction that records it.
   *
   * @param path three segments, as {@link ResourcePattern#isPath} demands
   * @return the version
   */
  public long put(Connection connection, String path, SecretBytes value, Instant at)
      throws IOException {
    if (!ResourcePattern.isPath(path)) {
      throw new IOException("the path of a resource has three segments");
    }
    try {
      long version = lastVersion(connection, path) + 1;
      byte[] sealed = envelope.seal(value, context(path, version));
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO resource VALUES (?, ?, ?, ?)")) {
        insert.setString(1, path);
        insert.setLong(2, version);
        insert.setLong(3, at.getEpochSecond());
        insert.setBytes(4, sealed);
        insert.executeUpdate();
      }
      try (PreparedStatement drop =
          connection.prepareStatement("DELETE FROM resource WHERE path = ? AND version <= ?")) {
        drop.setString(1, path);
        drop.setLong(2, version - KEPT_VERSIONS);
        drop.executeUpdate();
      }
      return version;
    } catch (SQLException e) {
      throw new IOException("the resource could not be written: " + e.getMessage(), e);
    }
  }

  /**
   * Deletes every version.
   *
   * @throws NoSuchResourceException where there is none
   */
  public void delete(Connection connection, String path) throws IOException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM resource WHERE path = ?")) {
      delete.setString(1, path);
      if (delete.executeUpdate() == 0) {
        throw new NoSuchResourceException();
      }
    } catch (SQLException e) {
      throw new IOException("the resource could not be deleted: " + e.getMessage(), e);
    }
  }

  /**
   * Holds within a transaction that there is such a resource.
   *
   * @throws NoSuchResourceException where there is none
   */
  public void require(Connection connection, String path) throws IOException {
    try {
      if (lastVersion(connection, path) == 0) {
        throw new NoSuchResourceException();
      }
    } catch (SQLException e) {
      throw new IOException("the resource could not be looked up: " + e.getMessage(), e);
    }
  }

  /**
   * The secret that the grant is for. There is no other way to a secret.
   *
   * @throws NoSuchResourceException where it was deleted since
   */
  public SecretBytes open(ReleaseGrant grant) throws IOException {
    String path = grant.resource();
    Sealed sealed = database.read(connection -> last(connection, path));
    return envelope.open(sealed.bytes(), context(path, sealed.version()));
  }

  /**
   * Makes the version before the last one the newest, within a transaction that records it.
   *
   * @throws NoSuchResourceException where there are not two versions
   */
  public void restore(Connection connection, String path, Instant at) throws IOException {
    try {
      long version = lastVersion(connection, path) - 1;
      byte[] sealed = sealed(connection, path, version);
      try (SecretBytes value = envelope.open(sealed, context(path, version))) {
        put(connection, path, value, at);
      }
    } catch (SQLException e) {
      throw new IOException("the version could not be read: " + e.getMessage(), e);
    }
  }

  private static byte[] sealed(Connection connection, String path, long version)
      throws SQLException, IOException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT sealed FROM resource WHERE path = ? AND version = ?")) {
      query.setString(1, path);
      query.setLong(2, version);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          throw new NoSuchResourceException();
        }
        return rows.getBytes(1);
      }
    }
  }

  /** Number and time of each version that is kept, oldest first. */
  public List<Json> versions(String path) throws IOException {
    return database.read(
        connection -> {
          List<Json> versions = new ArrayList<>();
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT version, created FROM resource WHERE path = ? ORDER BY version")) {
            query.setString(1, path);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                versions.add(
                    Json.object()
                        .put("version", rows.getLong(1))
                        .put("created", Instant.ofEpochSecond(rows.getLong(2)).toString())
                        .build());
              }
            }
          }
          return versions;
        });
  }

  /** Whether there is such a resource. */
  public boolean exists(String path) throws IOException {
    return database.read(connection -> lastVersion(connection, path) > 0);
  }

  /** The names alone, in order. */
  public List<String> paths() throws IOException {
    return database.read(
        connection -> {
          List<String> paths = new ArrayList<>();
          try (PreparedStatement query =
                  connection.prepareStatement("SELECT DISTINCT path FROM resource ORDER BY path");
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              paths.add(rows.getString(1));
            }
          }
          return paths;
        });
  }

  private record Sealed(long version, byte[] bytes) {}

  private static Sealed last(Connection connection, String path) throws SQLException, IOException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT version, sealed FROM resource WHERE path = ? ORDER BY version DESC LIMIT 1")) {
      query.setString(1, path);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          throw new NoSuchResourceException();
        }
        return new Sealed(rows.getLong(1), rows.getBytes(2));
      }
    }
  }

  private static long lastVersion(Connection connection, String path) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT max(version) FROM resource WHERE path = ?")) {
      query.setString(1, path);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  private static String context(String path, long version) {
    return "resource\n" + path + "\n" + version;
  }
}
