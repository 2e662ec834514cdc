// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.log;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import org.cofferdam.core.ledger.Outbox;
import org.cofferdam.core.ledger.Sequencer;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.tiles.FileDisk;
import org.cofferdam.core.ledger.tiles.TileStore;
import org.cofferdam.services.broker.decision.Arrivals;

/**
 * One thread that turns committed records into tiles and checkpoints as they come. A failure of the
 * disk does not stop the server: the records are safe in the outbox, and the keeper tries again.
 */
public final class LogKeeper implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LogKeeper.class.getName());
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Outbox<?> outbox;
  private final NoteSigner signer;
  private final Arrivals arrivals;
  private final FileDisk disk;
  private final Thread thread;
  private volatile Sequencer sequencer;

  private LogKeeper(
      Outbox<?> outbox, NoteSigner signer, Arrivals arrivals, FileDisk disk, Sequencer sequencer) {
    this.outbox = outbox;
    this.signer = signer;
    this.arrivals = arrivals;
    this.disk = disk;
    this.sequencer = sequencer;
    this.thread = Thread.ofPlatform().name("log-keeper").daemon(true).unstarted(this::loop);
  }

  /**
   * Opens the log in {@code folder} and brings it up to date before it returns.
   *
   * @throws IOException where the log is damaged, of another key, or held by another process
   */
  public static LogKeeper start(Outbox<?> outbox, NoteSigner signer, Arrivals arrivals, Path folder)
      throws IOException {
    FileDisk disk = FileDisk.open(folder);
    try {
      Sequencer sequencer = Sequencer.open(outbox, new TileStore(disk), signer);
      sequencer.run();
      LogKeeper keeper = new LogKeeper(outbox, signer, arrivals, disk, sequencer);
      keeper.thread.start();
      return keeper;
    } catch (IOException e) {
      disk.close();
      throw e;
    }
  }

  /** How many records the last checkpoint covers. */
  public long size() {
    return sequencer.head().size();
  }

  private void loop() {
    while (!arrivals.hasEnded()) {
      long seen = arrivals.last();
      try {
        sequencer.run();
        arrivals.awaitBeyond(seen, LONGEST_WAIT);
      } catch (IOException e) {
        LOG.log(Level.ERROR, "the log could not be written, trying again: " + e.getMessage());
        reopen();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void reopen() {
    try {
      Thread.sleep(PAUSE);
      sequencer = Sequencer.open(outbox, new TileStore(disk), signer);
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the log could not be opened again: " + e.getMessage());
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
    try {
      sequencer.run();
    } finally {
      disk.close();
    }
  }
}
