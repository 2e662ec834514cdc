// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.Ledger;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.Outbox;
import org.cofferdam.core.ledger.Submission;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.witness.WitnessClient;
import org.cofferdam.services.broker.decision.Arrivals;
import org.cofferdam.services.broker.decision.DecisionLog;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.OutboxTransaction;
import org.cofferdam.services.broker.store.SqlOutbox;
import org.cofferdam.services.broker.store.SqliteDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogKeeperTest {
  @TempDir Path folder;
  private final Arrivals arrivals = new Arrivals();
  private final NoteSigner signer = signer("log.test");
  private Database database;
  private SqlOutbox outbox;

  @BeforeEach
  void open() throws Exception {
    database = SqliteDatabase.open(folder.resolve("store"));
    outbox = new SqlOutbox(database);
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private static NoteSigner signer(String name) {
    try {
      return new NoteSigner(name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void record() throws IOException {
    LedgerRecord record =
        LedgerRecord.builder(Instant.EPOCH, Decision.CHANGED, "all/all").actor("test").build();
    new DecisionLog(new Ledger<>(outbox), arrivals)
        .record(record, List.of(), List.of(), transaction -> {});
  }

  private LogKeeper keeper(Outbox<?> its, WitnessClient.Transport witness) throws IOException {
    return LogKeeper.start(
        its,
        signer,
        arrivals,
        folder.resolve("log"),
        List.of(new WitnessClient(signer("witness.test").witnessKey(), witness)));
  }

  /** Only the keeper's thread makes the log longer. */
  private static void awaitSize(LogKeeper keeper, long size) throws InterruptedException {
    for (int i = 0; i < 3000 && keeper.size() < size; i++) {
      Thread.sleep(Duration.ofMillis(10));
    }
    assertThat(keeper.size()).isEqualTo(size);
  }

  @Test
  void aWitnessThatFailsInAnyWayDoesNotEndIt() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (LogKeeper keeper =
        keeper(
            outbox,
            body -> {
              asked.incrementAndGet();
              throw new IllegalStateException("of the witness");
            })) {
      record();
      awaitSize(keeper, 1);
      record();
      awaitSize(keeper, 2);
      assertThat(asked).hasPositiveValue();
    }
  }

  @Test
  void aFaultInTheStoreDoesNotEndIt() throws Exception {
    Faulty faulty = new Faulty(outbox);
    try (LogKeeper keeper =
        keeper(
            faulty,
            body -> {
              throw new IOException("no witness");
            })) {
      faulty.left.set(1);
      record();
      awaitSize(keeper, 1);
      assertThat(faulty.left).hasValueLessThan(1);
    }
  }

  /** Fails as often as it is told to when it is read. */
  private record Faulty(SqlOutbox behind, AtomicInteger left) implements Outbox<OutboxTransaction> {
    Faulty(SqlOutbox behind) {
      this(behind, new AtomicInteger());
    }

    @Override
    public long append(Submission submission, Effect<? super OutboxTransaction> effect)
        throws IOException {
      return behind.append(submission, effect);
    }

    @Override
    public List<Submission> read(long from, int limit) throws IOException {
      if (left.getAndDecrement() > 0) {
        throw new IllegalStateException("of the store");
      }
      return behind.read(from, limit);
    }

    @Override
    public long size() throws IOException {
      return behind.size();
    }

    @Override
    public void trim(long before) throws IOException {
      behind.trim(before);
    }
  }
}
