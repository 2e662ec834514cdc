// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.ledger.journal.JournalOutbox;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.tiles.SimulatedDisk;
import org.cofferdam.core.ledger.tiles.TileStore;

/** A small whole log on a simulated disk. */
public final class TestLog {
  public static final String ORIGIN = "log.example/orders";

  public final NoteSigner signer = new NoteSigner(ORIGIN, pair());
  public final SimulatedDisk disk = new SimulatedDisk();
  public final TileStore store = new TileStore(disk);
  public final JournalOutbox outbox;
  public final Ledger<JournalOutbox.NoStore> ledger;
  public final Sequencer sequencer;

  public TestLog() throws IOException {
    outbox = JournalOutbox.open(disk);
    ledger = new Ledger<>(outbox);
    sequencer = Sequencer.open(outbox, store, signer);
  }

  public static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] evidence(int number) {
    return ("evidence " + number).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  public static LedgerRecord record(int number) {
    ContentDigest digest = ContentDigest.of(evidence(number));
    return LedgerRecord.builder(
            Instant.ofEpochSecond(1_800_000_000L + number), Decision.RELEASED, "default/orders")
        .tee("tpm", "development")
        .evidence(digest)
        .policy(new PolicyRef("release", "1", ContentDigest.of(evidence(-1))))
        .references(ContentDigest.of(evidence(-2)))
        .released(List.of("default/orders-db/password"))
        .correlation("c-" + number)
        .build();
  }

  public static List<byte[]> content(int number) {
    return List.of(evidence(number), evidence(-1), evidence(-2));
  }

  /** Commits and sequences so many records. */
  public List<Receipt> fill(int count) throws IOException {
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = (int) outbox.size();
      receipts.add(ledger.record(record(number), content(number)));
    }
    sequencer.run();
    return receipts;
  }
}
