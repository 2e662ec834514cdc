// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.decision;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.broker.store.Database;

/** Answers what was decided, and why. */
public final class DecisionStore {
  private static final int PAGE = 200;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final Database database;
  private final Arrivals arrivals;

  public DecisionStore(Database database, Arrivals arrivals) {
    this.database = database;
    this.arrivals = arrivals;
  }

  /**
   * Decisions on a workload after {@code after}, oldest first, at most {@value #PAGE}; waits for
   * the first one. Only those that a launch ends with: released, refused, no-evidence.
   */
  public List<Json> after(String workload, long after, Duration wait)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      long seen = arrivals.last();
      List<Json> found = database.read(connection -> query(connection, workload, after));
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!found.isEmpty() || left.isNegative() || arrivals.hasEnded()) {
        return found;
      }
      // Another server on the same store may decide, and does not say so here.
      arrivals.awaitBeyond(seen, left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
    }
  }

  /** Everything of one correlation id, oldest first. */
  public List<Json> byCorrelation(String correlation) throws IOException {
    return database.read(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT body FROM decision WHERE correlation = ? ORDER BY seq LIMIT " + PAGE)) {
            query.setString(1, correlation);
            return bodies(query);
          }
        });
  }

  private static List<Json> query(Connection connection, String workload, long after)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT body FROM decision WHERE workload = ? AND seq > ?"
                + " AND decision IN ('released', 'refused', 'no-evidence') ORDER BY seq LIMIT "
                + PAGE)) {
      query.setString(1, workload);
      query.setLong(2, after);
      return bodies(query);
    }
  }

  private static List<Json> bodies(PreparedStatement query) throws SQLException {
    List<Json> bodies = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        bodies.add(Json.parse(rows.getBytes(1)));
      }
    }
    return bodies;
  }
}
