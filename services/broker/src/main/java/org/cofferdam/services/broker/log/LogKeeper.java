// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.log;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cofferdam.core.ledger.Outbox;
import org.cofferdam.core.ledger.Sequencer;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.tiles.FileDisk;
import org.cofferdam.core.ledger.tiles.HeldException;
import org.cofferdam.core.ledger.tiles.TileStore;
import org.cofferdam.core.ledger.witness.WitnessClient;
import org.cofferdam.services.broker.decision.Arrivals;
import org.jspecify.annotations.Nullable;

/**
 * One thread that turns committed records into tiles and checkpoints as they come, and lets
 * witnesses cosign what is new. No failure, of whatever kind, ends it: the records are safe in the
 * outbox, and the keeper tries again. Of servers that share a log's folder one keeps it; the others
 * stand by, and take over when it is gone.
 */
public final class LogKeeper implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LogKeeper.class.getName());
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Outbox<?> outbox;
  private final NoteSigner signer;
  private final Arrivals arrivals;
  private final Path folder;
  private final List<WitnessClient> witnesses;
  private final Thread thread;
  private volatile @Nullable Held held;

  private record Held(FileDisk disk, Sequencer sequencer) {}

  private LogKeeper(
      Outbox<?> outbox,
      NoteSigner signer,
      Arrivals arrivals,
      Path folder,
      List<WitnessClient> witnesses) {
    this.outbox = outbox;
    this.signer = signer;
    this.arrivals = arrivals;
    this.folder = folder;
    this.witnesses = List.copyOf(witnesses);
    this.thread = Thread.ofPlatform().name("log-keeper").daemon(true).unstarted(this::loop);
  }

  /**
   * Opens the log in {@code folder} and brings it up to date before it returns, where no other
   * server keeps it.
   *
   * @param witnesses asked for a cosignature of every new checkpoint; the log goes on without them
   * @throws IOException where the log is damaged or of another key
   */
  public static LogKeeper start(
      Outbox<?> outbox,
      NoteSigner signer,
      Arrivals arrivals,
      Path folder,
      List<WitnessClient> witnesses)
      throws IOException {
    LogKeeper keeper = new LogKeeper(outbox, signer, arrivals, folder, witnesses);
    keeper.takeOver();
    keeper.thread.start();
    return keeper;
  }

  /** How many records the last checkpoint covers; 0 while another server keeps the log. */
  public long size() {
    Held now = held;
    return now == null ? 0 : now.sequencer().head().size();
  }

  private void takeOver() throws IOException {
    FileDisk disk;
    try {
      disk = FileDisk.open(folder);
    } catch (HeldException e) {
      return;
    }
    try {
      Sequencer sequencer = Sequencer.open(outbox, new TileStore(disk), signer);
      sequencer.run();
      held = new Held(disk, sequencer);
    } catch (IOException | RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  private void loop() {
    while (!arrivals.hasEnded()) {
      try {
        Held now = held;
        if (now == null) {
          arrivals.awaitBeyond(Long.MAX_VALUE, PAUSE);
          takeOver();
          continue;
        }
        long seen = arrivals.last();
        if (now.sequencer().run() > 0) {
          witnesses.forEach(witness -> cosign(now.sequencer(), witness));
        }
        arrivals.awaitBeyond(seen, LONGEST_WAIT);
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.ERROR, "the log could not be written, trying again: " + e);
        reopen();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void cosign(Sequencer sequencer, WitnessClient witness) {
    try {
      sequencer.cosign(witness);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "no cosignature of " + witness.name() + ": " + e);
    }
  }

  private void reopen() {
    try {
      arrivals.awaitBeyond(Long.MAX_VALUE, PAUSE);
      Held before = held;
      if (before != null) {
        held =
            new Held(before.disk(), Sequencer.open(outbox, new TileStore(before.disk()), signer));
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "the log could not be opened again: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what is committed, and lets go of the folder. */
  @Override
  public void close() throws IOException {
    // Not by an interrupt: it would close the files that are being written.
    arrivals.end();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Held last = held;
    if (last == null) {
      return;
    }
    try {
      last.sequencer().run();
    } finally {
      last.disk().close();
    }
  }
}
