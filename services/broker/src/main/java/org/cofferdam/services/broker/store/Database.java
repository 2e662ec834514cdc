// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where a server keeps what it must not lose. A commit has reached the disk when it returns. Safe
 * for many threads. The tables and the commands are the same on every engine.
 */
public sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {
  /** Runs {@code work} in a transaction, and returns when it is durable. */
  <R> R write(Work<R> work) throws IOException;

  /** Runs {@code work} on committed data; it must not write. */
  <R> R read(Work<R> work) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * What runs against the database.
   *
   * @param <R> its result
   */
  @FunctionalInterface
  interface Work<R> {
    R run(Connection connection) throws SQLException, IOException;
  }
}
