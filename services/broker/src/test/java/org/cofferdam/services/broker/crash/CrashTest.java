// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.services.broker.decision.Arrivals;
import org.cofferdam.services.broker.keys.Envelope;
import org.cofferdam.services.broker.keys.FileStoreKey;
import org.cofferdam.services.broker.keys.StoredKeyPair;
import org.cofferdam.services.broker.keys.SystemKeys;
import org.cofferdam.services.broker.log.LogKeeper;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.PostgresDatabase;
import org.cofferdam.services.broker.store.SqlOutbox;
import org.cofferdam.services.broker.store.SqliteDatabase;
import org.cofferdam.services.broker.store.TestPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed in the middle of writes, again and again, over one folder. */
class CrashTest {
  private static final int KILLS = Integer.getInteger("cofferdam.test.kills", 10);

  @TempDir Path folder;
  private String url = "";

  @Test
  @Tag("full")
  void nothingAcknowledgedIsLostAndNothingHalfWrittenIsThere() throws Exception {
    crash(KILLS, () -> {});
  }

  @Test
  @Tag("full")
  void norWhereTheStoreIsPostgres() throws Exception {
    try (TestPostgres postgres = new TestPostgres()) {
      url = postgres.newDatabase();
      AtomicInteger kills = new AtomicInteger();
      crash(
          KILLS,
          () -> {
            // Every third time the whole database goes down too.
            if (kills.getAndIncrement() % 3 == 0) {
              postgres.kill();
              postgres.start();
            }
          });
    }
  }

  /** What else happens at a kill. */
  private interface Disaster {
    void happen() throws Exception;
  }

  private Database open() throws IOException {
    return url.isEmpty()
        ? SqliteDatabase.open(folder)
        : PostgresDatabase.open(url, "cofferdam", "", "broker");
  }

  private void crash(int kills, Disaster disaster) throws Exception {
    Random random = new Random(20_261_101);
    long acknowledged = 0;
    for (int kill = 0; kill < kills; kill++) {
      List<Long> told = runAndKill(random.nextInt(20, 400));
      acknowledged += told.size();
      disaster.happen();
      try (Database database = open()) {
        long records = database.read(c -> count(c, "SELECT next FROM outbox_state"));
        assertThat(database.<Long>read(c -> count(c, "SELECT count(*) FROM decision")))
            .isEqualTo(records);
        assertThat(database.<Long>read(c -> count(c, "SELECT count(*) FROM resource")))
            .isEqualTo(records);
        assertThat(told).allMatch(index -> index < records);
        for (long index : told) {
          assertThat(
                  database.<Long>read(
                      c ->
                          count(
                              c,
                              "SELECT count(*) FROM resource WHERE path = 'crash/test/n"
                                  + index
                                  + "'")))
              .isEqualTo(1);
        }
      }
    }
    assertThat(acknowledged).isGreaterThan(kills);
    assertThat(logSize()).isGreaterThanOrEqualTo(acknowledged);
    System.out.println(
        (url.isEmpty() ? "SQLite: " : "PostgreSQL: ")
            + kills
            + " kills, "
            + acknowledged
            + " records acknowledged, none lost");
  }

  /** The numbers that the child was told are durable. */
  private List<Long> runAndKill(int millis) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashChild.class.getName(),
                folder.toString()));
    if (!url.isEmpty()) {
      command.add(url);
    }
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = child.inputReader()) {
      assertThat(out.readLine()).isEqualTo("begun");
      Thread.sleep(millis);
      // Not destroyForcibly(): it would close the stream with what is still to be read.
      child.toHandle().destroyForcibly();
      List<Long> told = new ArrayList<>();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        told.add(Long.parseLong(line));
      }
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return told;
    } finally {
      child.destroyForcibly();
    }
  }

  /** Brings the log up to date as a started server does, and tells how far it reaches. */
  private long logSize() throws IOException {
    SecureRandom random = new SecureRandom();
    try (Database database = open()) {
      Envelope envelope =
          new Envelope(FileStoreKey.openOrCreate(folder.resolve("store.key"), random), random);
      KeyPair key = StoredKeyPair.ed25519(new SystemKeys(database, envelope), "log", random);
      try (LogKeeper keeper =
          LogKeeper.start(
              new SqlOutbox(database),
              new NoteSigner("crash.test/log", key),
              new Arrivals(),
              folder.resolve("log"),
              List.of())) {
        assertThat(keeper.size())
            .isEqualTo(database.<Long>read(c -> count(c, "SELECT next FROM outbox_state")));
        return keeper.size();
      }
    }
  }

  private static long count(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
