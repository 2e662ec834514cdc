// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.Ledger;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.services.broker.decision.Arrivals;
import org.cofferdam.services.broker.decision.DecisionLog;
import org.cofferdam.services.broker.keys.Envelope;
import org.cofferdam.services.broker.keys.FileStoreKey;
import org.cofferdam.services.broker.keys.StoredKeyPair;
import org.cofferdam.services.broker.keys.SystemKeys;
import org.cofferdam.services.broker.log.LogKeeper;
import org.cofferdam.services.broker.resource.ResourceStore;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.PostgresDatabase;
import org.cofferdam.services.broker.store.SqlOutbox;
import org.cofferdam.services.broker.store.SqliteDatabase;

/** Writes secrets with their records until it is killed, and says which were acknowledged. */
final class CrashChild {
  private static final int WRITERS = 8;

  private CrashChild() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    SecureRandom random = new SecureRandom();
    Database database =
        args.length > 1
            ? PostgresDatabase.open(args[1], "cofferdam", "", "broker")
            : SqliteDatabase.open(folder);
    Envelope envelope =
        new Envelope(FileStoreKey.openOrCreate(folder.resolve("store.key"), random), random);
    SqlOutbox outbox = new SqlOutbox(database);
    Arrivals arrivals = new Arrivals();
    NoteSigner signer =
        new NoteSigner(
            "crash.test/log",
            StoredKeyPair.ed25519(new SystemKeys(database, envelope), "log", random));
    Path log = folder.resolve("log");
    Files.createDirectories(log);
    LogKeeper.start(outbox, signer, arrivals, log, List.of());
    DecisionLog decisions = new DecisionLog(new Ledger<>(outbox), arrivals);
    ResourceStore resources = new ResourceStore(database, envelope);
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    for (int i = 0; i < WRITERS; i++) {
      writers.execute(() -> write(decisions, resources));
    }
    System.out.println("begun");
    System.out.flush();
  }

  private static void write(DecisionLog decisions, ResourceStore resources) {
    try {
      while (true) {
        Instant now = Instant.now();
        LedgerRecord record =
            LedgerRecord.builder(now, Decision.CHANGED, "crash/test").actor("child").build();
        long index =
            decisions
                .record(
                    record,
                    List.of(),
                    List.of(),
                    transaction ->
                        resources.put(
                            transaction.connection(),
                            "crash/test/n" + transaction.sequence(),
                            SecretBytes.owning("value".getBytes(StandardCharsets.UTF_8)),
                            now))
                .index();
        synchronized (System.out) {
          System.out.println(index);
          System.out.flush();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
