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
import java.util.Optional;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.ContentStore;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.tiles.TileSource;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.OutboxTransaction;

/**
 * The guests that passed, for servers that did not see it: what they showed is in the log's queue
 * or in the log, and is verified again. Sessions are kept by their hash.
 */
public final class AttestedStore {
  private final Database database;
  private final ContentStore contents;

  /**
   * @param log the log's files
   */
  public AttestedStore(Database database, TileSource log) {
    this.database = database;
    this.contents = new ContentStore(log);
  }

  /**
   * A guest that passed.
   *
   * @param version of the workload that it was compared with
   * @param document what the verifier was given
   */
  record Kept(LedgerRecord record, long version, Instant expires, byte[] document) {}

  /** In the transaction that records it. */
  static void put(
      OutboxTransaction transaction,
      String session,
      LedgerRecord record,
      long version,
      Instant expires)
      throws IOException {
    Connection connection = transaction.connection();
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO attested VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, key(session));
      insert.setLong(2, transaction.sequence());
      insert.setBytes(3, record.encode());
      insert.setString(4, record.workload());
      insert.setLong(5, version);
      insert.setLong(6, expires.getEpochSecond());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("the guest could not be kept: " + e.getMessage(), e);
    }
  }

  Optional<Kept> find(String session, Instant at) throws IOException {
    Optional<Row> row = database.read(connection -> row(connection, session, at));
    if (row.isEmpty()) {
      return Optional.empty();
    }
    LedgerRecord record = LedgerRecord.decode(row.get().record());
    ContentDigest digest = record.evidence();
    if (digest == null) {
      return Optional.empty();
    }
    Optional<byte[]> document =
        database.read(connection -> queued(connection, row.get().sequence(), digest));
    if (document.isEmpty()) {
      document = contents.get(digest);
    }
    return document.map(
        d -> new Kept(record, row.get().version(), Instant.ofEpochSecond(row.get().expires()), d));
  }

  private record Row(long sequence, byte[] record, long version, long expires) {}

  private static Optional<Row> row(Connection connection, String session, Instant at)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT seq, record, version, expires FROM attested WHERE id = ? AND expires > ?")) {
      query.setBytes(1, key(session));
      query.setLong(2, at.getEpochSecond());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Row(rows.getLong(1), rows.getBytes(2), rows.getLong(3), rows.getLong(4)))
            : Optional.empty();
      }
    }
  }

  private static Optional<byte[]> queued(Connection connection, long sequence, ContentDigest digest)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT bytes FROM outbox_content WHERE seq = ?")) {
      query.setLong(1, sequence);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          byte[] bytes = rows.getBytes(1);
          if (ContentDigest.of(bytes).equals(digest)) {
            return Optional.of(bytes);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] key(String session) {
    return Digests.sha256(session.getBytes(StandardCharsets.US_ASCII));
  }
}
