// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.services.broker.session.Session;
import org.cofferdam.services.broker.store.OutboxTransaction;

/** A challenge is answered once, whatever the answer was worth. */
final class UsedNonces {
  private static final long MARK_SECONDS = 30;

  private UsedNonces() {}

  /**
   * Uses the challenge up, in the transaction that records what came of it.
   *
   * @throws NonceUsedException where it was used before
   */
  static void use(OutboxTransaction transaction, Session session, Instant at) throws IOException {
    if (!insert(transaction, session, at)) {
      throw new NonceUsedException();
    }
  }

  /** Uses the challenge up, where it is not already. */
  static void burn(OutboxTransaction transaction, Session session, Instant at) throws IOException {
    insert(transaction, session, at);
  }

  private static boolean insert(OutboxTransaction transaction, Session session, Instant at)
      throws IOException {
    Connection connection = transaction.connection();
    try {
      long expires = session.expires().getEpochSecond();
      if (expires <= mark(connection, at.getEpochSecond())) {
        return false;
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO used_nonce VALUES (?, ?) ON CONFLICT DO NOTHING")) {
        insert.setBytes(1, Digests.sha256(session.id().getBytes(StandardCharsets.US_ASCII)));
        insert.setLong(2, expires);
        return insert.executeUpdate() == 1;
      }
    } catch (SQLException e) {
      throw new IOException("the challenge could not be used up: " + e.getMessage(), e);
    }
  }

  /**
   * The latest time that was acted upon. What ended before it is forgotten, and counts as used for
   * good, even where the clock is set back.
   */
  private static long mark(Connection connection, long now) throws SQLException {
    long mark;
    try (PreparedStatement query = connection.prepareStatement("SELECT value FROM clock_mark");
        ResultSet rows = query.executeQuery()) {
      rows.next();
      mark = rows.getLong(1);
    }
    if (now <= mark + MARK_SECONDS) {
      return mark;
    }
    for (String command :
        List.of(
            "UPDATE clock_mark SET value = ?",
            "DELETE FROM used_nonce WHERE expires <= ?",
            "DELETE FROM attested WHERE expires <= ?")) {
      try (PreparedStatement statement = connection.prepareStatement(command)) {
        statement.setLong(1, now);
        statement.executeUpdate();
      }
    }
    return now;
  }

  /** The challenge was answered before. */
  static final class NonceUsedException extends IOException {
    private static final long serialVersionUID = 1L;

    NonceUsedException() {
      super("the challenge was used before");
    }
  }
}
