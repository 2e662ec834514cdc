// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.cofferdam.core.ledger.journal.JournalOutbox;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tiles.SimulatedDisk;
import org.cofferdam.core.ledger.tiles.TileStore;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.cofferdam.core.ledger.tree.MerkleTree;
import org.cofferdam.core.ledger.tree.ProofCheck;
import org.junit.jupiter.api.Test;

/**
 * Cuts the power at every step, keeps any part of what was not forced, and looks whether an
 * acknowledged record is lost or a published head is contradicted.
 */
class PowerLossTest {
  private static final int LIVES = 4;

  /** Small, so that the journal is trimmed all the time. */
  private static final long SEGMENT = 2000;

  private final NoteSigner signer;

  PowerLossTest() throws NoSuchAlgorithmException {
    signer =
        new NoteSigner("log.example", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingPublishedIsTakenBack() throws IOException {
    Life first = new Life(new SimulatedDisk(), new HashMap<>(), new ArrayList<>());
    first.prepare();
    Life full = new Life(first.disk.afterPowerLoss(new SplittableRandom(0)), first);
    full.run();
    assertThat(full.heads.getLast().size()).isGreaterThan(256);
    cutAtEachStep(first, full.disk.steps());
  }

  @Test
  void soItIsFromTheVeryFirstStep() throws IOException {
    Life first = new Life(new SimulatedDisk(), new HashMap<>(), new ArrayList<>());
    Life full = new Life(new SimulatedDisk(), first);
    full.run();
    cutAtEachStep(first, full.disk.steps());
  }

  private void cutAtEachStep(Life first, int steps) throws IOException {
    assertThat(steps).isGreaterThan(100);
    for (int cut = 0; cut <= steps; cut++) {
      for (int seed = 0; seed < 2; seed++) {
        play(first, cut, new SplittableRandom(1000L * cut + seed));
      }
    }
  }

  /**
   * Several lives on one disk, each cut short, the first one at the given step. Some end with the
   * power, some with the process alone, which leaves to the next one what was never forced.
   */
  private void play(Life first, int cut, SplittableRandom random) throws IOException {
    Life life = new Life(first.disk.afterPowerLoss(random), first);
    life.disk.cutAfter(cut);
    for (int i = 0; i < LIVES; i++) {
      try {
        life.run();
      } catch (IOException e) {
        assertThat(e).hasStackTraceContaining("the power failed");
      }
      boolean power = i == LIVES - 1 || random.nextBoolean();
      SimulatedDisk disk = power ? life.disk.afterPowerLoss(random) : life.disk;
      disk.cutAfter(random.nextInt(60));
      life = new Life(disk, life);
    }
    life.disk.cutAfter(Integer.MAX_VALUE);
    check(life.disk, life.acknowledged, life.heads);
  }

  private void check(SimulatedDisk disk, Map<Long, String> acknowledged, List<Checkpoint> heads)
      throws IOException {
    TileStore store = new TileStore(disk);
    Sequencer sequencer = Sequencer.open(JournalOutbox.open(disk, SEGMENT), store, signer);
    sequencer.run();
    byte[] note = store.read("checkpoint").orElseThrow();
    Checkpoint head = Checkpoint.open(SignedNote.parse(note), signer.logKey(), "log.example");
    LogReader reader = new LogReader(store, head.size());
    ContentStore contents = new ContentStore(store);
    assertThat(head.size()).isGreaterThanOrEqualTo(acknowledged.size());
    List<byte[]> entries = new ArrayList<>();
    for (long bundle = 0; entries.size() < head.size(); bundle++) {
      entries.addAll(reader.bundle(bundle));
    }
    for (Map.Entry<Long, String> record : acknowledged.entrySet()) {
      byte[] entry = record.getValue().getBytes(StandardCharsets.UTF_8);
      assertThat(entries.get(record.getKey().intValue())).isEqualTo(entry);
      assertThat(contents.get(ContentDigest.of(content(record.getValue())))).isPresent();
    }
    for (int index = entries.size() - 1; index >= 0; index -= 37) {
      List<byte[]> path = MerkleTree.inclusion(reader, index, head.size());
      byte[] leaf = MerkleHash.leaf(entries.get(index));
      assertThat(ProofCheck.inclusion(index, head.size(), leaf, path, head.root())).isTrue();
    }
    for (Checkpoint old : heads) {
      List<byte[]> path = MerkleTree.consistency(reader, old.size(), head.size());
      assertThat(ProofCheck.consistency(old.size(), old.root(), head.size(), head.root(), path))
          .isTrue();
    }
  }

  private static byte[] content(String record) {
    return ("content of " + record + "x".repeat(700)).getBytes(StandardCharsets.UTF_8);
  }

  /** One process: opens what is there, appends, sequences. */
  private final class Life {
    private final SimulatedDisk disk;
    private final Map<Long, String> acknowledged;
    private final List<Checkpoint> heads;

    Life(SimulatedDisk disk, Map<Long, String> acknowledged, List<Checkpoint> heads) {
      this.disk = disk;
      this.acknowledged = acknowledged;
      this.heads = heads;
    }

    Life(SimulatedDisk disk, Life before) {
      this(disk, new HashMap<>(before.acknowledged), new ArrayList<>(before.heads));
    }

    /** Fills the log up to just below the end of its first tile. */
    void prepare() throws IOException {
      JournalOutbox outbox = JournalOutbox.open(disk, SEGMENT);
      Sequencer sequencer = Sequencer.open(outbox, new TileStore(disk), signer);
      for (int i = 0; i < 253; i++) {
        append(outbox, "old " + i);
      }
      sequencer.run();
      heads.add(sequencer.head());
    }

    void run() throws IOException {
      JournalOutbox outbox = JournalOutbox.open(disk, SEGMENT);
      Sequencer sequencer = Sequencer.open(outbox, new TileStore(disk), signer);
      heads.add(sequencer.head());
      for (int i = 0; i < 6; i++) {
        append(outbox, "record " + i + " after " + acknowledged.size());
        if (i % 2 == 1) {
          sequencer.run();
          heads.add(sequencer.head());
        }
      }
    }

    private void append(JournalOutbox outbox, String record) throws IOException {
      byte[] entry = record.getBytes(StandardCharsets.UTF_8);
      Submission submission = new Submission(entry, List.of(content(record)));
      long index = outbox.append(submission, none -> {});
      acknowledged.put(index, record);
    }
  }
}
