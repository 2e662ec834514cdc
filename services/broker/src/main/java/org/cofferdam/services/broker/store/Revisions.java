// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Counts the changes of what decisions are made with. What a server remembers is good for the
 * revision that it knows; a decision is committed only where that is still the store's, so that a
 * change holds on every server from the moment it is committed.
 */
public final class Revisions {
  private final Database database;
  private final List<Runnable> memories;
  private volatile long known;

  /**
   * @param memories what forgets all that it read, each
   */
  public Revisions(Database database, List<Runnable> memories) throws IOException {
    this.database = database;
    this.memories = List.copyOf(memories);
    this.known = database.read(Revisions::value);
  }

  /** Take it before looking at anything remembered. */
  public long known() {
    return known;
  }

  /**
   * Holds within a transaction that nothing has changed since.
   *
   * @throws StaleException where something has: {@link #refresh}, and decide again
   */
  public void require(Connection connection, long seen) throws IOException {
    try {
      if (value(connection) != seen) {
        throw new StaleException();
      }
    } catch (SQLException e) {
      throw new IOException("the revision could not be read: " + e.getMessage(), e);
    }
  }

  /** Says within a transaction that it changes something; then {@link #refresh}. */
  public void raise(Connection connection) throws IOException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE revision SET value = value + 1")) {
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("the revision could not be raised: " + e.getMessage(), e);
    }
  }

  /** Forgets what was remembered. */
  public synchronized void refresh() throws IOException {
    long now = database.read(Revisions::value);
    memories.forEach(Runnable::run);
    known = now;
  }

  private static long value(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT value FROM revision");
        ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
