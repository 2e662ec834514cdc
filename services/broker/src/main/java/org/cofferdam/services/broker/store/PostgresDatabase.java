// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, for servers that share one store. Each server writes on one connection, and commits
 * what waits together; a connection that broke is opened again for the next call.
 */
public final class PostgresDatabase implements Database {
  private static final int READERS = 4;
  private static final int SECONDS = 10;

  private final String url;
  private final Properties properties;
  private final GroupCommit writer;
  private final BlockingQueue<Slot> idle = new ArrayBlockingQueue<>(READERS);
  private final Slot writing = new Slot();

  private PostgresDatabase(String url, String user, String password, String schema) {
    this.url = url;
    this.properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("currentSchema", schema);
    // A server that does not answer any more must not hold a release up for ever.
    properties.setProperty("connectTimeout", Integer.toString(SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    this.writer = new GroupCommit(writing::get, "BEGIN");
    for (int i = 0; i < READERS; i++) {
      idle.add(new Slot());
    }
  }

  /**
   * Brings the tables to this version.
   *
   * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE}, with parameters for TLS where wanted
   * @param schema of the tables; made where it is not there
   * @throws IOException where there is no such database, or it does not force what it commits
   */
  public static PostgresDatabase open(String url, String user, String password, String schema)
      throws IOException {
    Migrations.postgres(url, user, password, schema);
    PostgresDatabase database = new PostgresDatabase(url, user, password, schema);
    try {
      database.requireDurable();
    } catch (IOException e) {
      database.close();
      throw e;
    }
    database.writer.start();
    return database;
  }

  /** A commit is the receipt of a release: it may not be one that a power cut takes back. */
  private void requireDurable() throws IOException {
    for (String setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
      String value =
          read(
              connection -> {
                try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SHOW " + setting)) {
                  rows.next();
                  return rows.getString(1);
                }
              });
      if (value.equals("off") || value.equals("local")) {
        throw new IOException("PostgreSQL runs with " + setting + "=" + value + ": set it to on");
      }
    }
  }

  @Override
  public <R> R write(Work<R> work) throws IOException {
    return writer.run(work);
  }

  @Override
  public <R> R read(Work<R> work) throws IOException {
    Slot slot;
    try {
      slot = idle.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the store", e);
    }
    try {
      return work.run(slot.get());
    } catch (SQLException e) {
      throw new IOException("the store could not be read: " + e.getMessage(), e);
    } finally {
      idle.add(slot);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
    try {
      writing.close();
      for (Slot slot : idle) {
        slot.close();
      }
    } catch (SQLException e) {
      throw new IOException("the store could not be closed: " + e.getMessage(), e);
    }
  }

  /** A place for one connection; used by one thread at a time. */
  private final class Slot {
    private @Nullable Connection connection;

    Connection get() throws SQLException {
      Connection held = connection;
      if (held == null || held.isClosed()) {
        held = DriverManager.getConnection(url, properties);
        connection = held;
      }
      return held;
    }

    void close() throws SQLException {
      if (connection != null) {
        connection.close();
      }
    }
  }
}
