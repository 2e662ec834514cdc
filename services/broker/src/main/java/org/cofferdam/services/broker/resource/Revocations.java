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
import java.util.Optional;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.Remembered;

/** What is revoked, remembered until something changes. */
public final class Revocations {
  private final Remembered<List<Revocation>> remembered;

  public Revocations(Database database) {
    remembered = new Remembered<>(database, Revocations::load);
  }

  /** Adds one within a transaction that records it. */
  public void put(Connection connection, Revocation revocation, Instant at) throws IOException {
    try (PreparedStatement put =
        connection.prepareStatement(
            "INSERT INTO revocation VALUES (?, ?, ?, ?) ON CONFLICT (kind, value) DO UPDATE SET"
                + " reason = excluded.reason")) {
      put.setString(1, revocation.kind().wire());
      put.setString(2, revocation.value());
      put.setLong(3, at.getEpochSecond());
      put.setString(4, revocation.reason());
      put.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("the revocation could not be written: " + e.getMessage(), e);
    }
  }

  /** Takes one back within a transaction that records it. */
  public void delete(Connection connection, Revocation revocation) throws IOException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM revocation WHERE kind = ? AND value = ?")) {
      delete.setString(1, revocation.kind().wire());
      delete.setString(2, revocation.value());
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("the revocation could not be taken back: " + e.getMessage(), e);
    }
  }

  /** Looks into the database again at the next question. */
  public void forget() {
    remembered.forget();
  }

  /** Why this guest gets nothing, or empty. */
  public Optional<Check> check(Appraisal appraisal) throws IOException {
    return all().stream()
        .filter(revocation -> revocation.covers(appraisal))
        .findFirst()
        .map(
            revocation ->
                Check.of(
                    "release.not-revoked",
                    false,
                    "nothing revoked",
                    revocation.kind().wire() + " " + revocation.value(),
                    revocation.reason(),
                    "Run what is not revoked, or take the revocation back."));
  }

  public List<Revocation> all() throws IOException {
    return remembered.get();
  }

  private static List<Revocation> load(Connection connection) throws SQLException {
    List<Revocation> all = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT kind, value, reason FROM revocation ORDER BY kind, value");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        all.add(
            new Revocation(
                Revocation.Kind.of(rows.getString(1)), rows.getString(2), rows.getString(3)));
      }
    }
    return List.copyOf(all);
  }
}
