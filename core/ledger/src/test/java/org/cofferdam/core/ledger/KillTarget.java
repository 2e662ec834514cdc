// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.concurrent.atomic.AtomicInteger;
import org.cofferdam.core.ledger.journal.JournalOutbox;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.tiles.FileDisk;
import org.cofferdam.core.ledger.tiles.TileStore;

/** The process that {@link KillTest} kills: appends and sequences until then. */
final class KillTarget {
  /** Small, so that many kills meet a change of file. */
  static final long SEGMENT = 50_000;

  private static final int APPENDERS = 3;

  private KillTarget() {}

  /** Arguments: folder of the log, folder of the key, number of the first record. */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    NoteSigner signer = signer(Path.of(args[1]));
    FileDisk disk = FileDisk.open(Path.of(args[0]));
    JournalOutbox outbox = JournalOutbox.open(disk, SEGMENT);
    Sequencer sequencer = Sequencer.open(outbox, new TileStore(disk), signer);
    Ledger<JournalOutbox.NoStore> ledger = new Ledger<>(outbox);
    AtomicInteger next = new AtomicInteger(Integer.parseInt(args[2]));
    for (int i = 0; i < APPENDERS; i++) {
      Thread.ofPlatform().start(() -> append(ledger, next));
    }
    while (true) {
      sequencer.run();
    }
  }

  private static void append(Ledger<JournalOutbox.NoStore> ledger, AtomicInteger next) {
    try {
      while (true) {
        int number = next.getAndIncrement();
        Receipt receipt = ledger.record(TestLog.record(number), TestLog.content(number));
        System.out.println("ack " + receipt.index() + " " + receipt.leafHash());
      }
    } catch (IOException e) {
      System.out.println("fault " + e);
    }
  }

  static NoteSigner signer(Path folder) throws IOException, GeneralSecurityException {
    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    return new NoteSigner(
        TestLog.ORIGIN,
        new KeyPair(
            keys.generatePublic(
                new X509EncodedKeySpec(Files.readAllBytes(folder.resolve("public")))),
            keys.generatePrivate(
                new PKCS8EncodedKeySpec(Files.readAllBytes(folder.resolve("private"))))));
  }
}
