// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.services.broker.session.Session;
import org.cofferdam.services.broker.store.OutboxTransaction;

/** A challenge is answered once, whatever the answer was worth. */
final class UsedNonces {
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
    try (PreparedStatement drop =
            transaction.connection().prepareStatement("DELETE FROM used_nonce WHERE expires < ?");
        PreparedStatement insert =
            transaction
                .connection()
                .prepareStatement("INSERT INTO used_nonce VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      drop.setLong(1, at.getEpochSecond());
      drop.executeUpdate();
      insert.setBytes(1, Digests.sha256(session.id().getBytes(StandardCharsets.US_ASCII)));
      insert.setLong(2, session.expires().getEpochSecond());
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IOException("the challenge could not be used up: " + e.getMessage(), e);
    }
  }

  /** The challenge was answered before. */
  static final class NonceUsedException extends IOException {
    private static final long serialVersionUID = 1L;

    NonceUsedException() {
      super("the challenge was used before");
    }
  }
}
