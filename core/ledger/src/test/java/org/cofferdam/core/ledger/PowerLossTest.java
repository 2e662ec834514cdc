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
  private static final int LIVES = 3;
  private final NoteSigner signer;

  PowerLossTest() throws NoSuchAlgorithmException {
    signer =
        new NoteSigner("log.example", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingPublishedIsTakenBack() throws IOException {
    SimulatedDisk prepared = new SimulatedDisk();
    Life first = new Life(prepared, new HashMap<>(), new ArrayList<>());
    first.prepare();
    SimulatedDisk whole = prepared.afterPowerLoss(new SplittableRandom(0));
    Life full = new Life(whole, new HashMap<>(), new ArrayList<>());
    full.run();
    assertThat(whole.steps()).isGreaterThan(100);
    assertThat(full.heads.getLast().size()).isGreaterThan(512);

    for (int cut = 0; cut <= whole.steps(); cut++) {
      for (int seed = 0; seed < 4; seed++) {
        play(first, cut, new SplittableRandom(1000L * cut + seed));
      }
    }
  }

  /** Several lives on one disk, each but the last cut short, the first one at the given step. */
  private void play(Life first, int cut, SplittableRandom random) throws IOException {
    Map<Long, String> acknowledged = new HashMap<>(first.acknowledged);
    List<Checkpoint> heads = new ArrayList<>(first.heads);
    SimulatedDisk disk = first.disk.afterPowerLoss(random);
    disk.cutAfter(cut);
    for (int life = 0; life < LIVES; life++) {
      try {
        new Life(disk, acknowledged, heads).run();
      } catch (IOException e) {
        assertThat(e).hasStackTraceContaining("the power failed");
      }
      disk = disk.afterPowerLoss(random);
      disk.cutAfter(random.nextInt(60));
    }
    disk.cutAfter(Integer.MAX_VALUE);
    check(disk, acknowledged, heads);
  }

  private void check(SimulatedDisk disk, Map<Long, String> acknowledged, List<Checkpoint> heads)
      throws IOException {
    TileStore store = new TileStore(disk);
    Sequencer sequencer = Sequencer.open(JournalOutbox.open(disk), store, signer);
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

    /** Fills the log up to just below the end of its second tile. */
    void prepare() throws IOException {
      JournalOutbox outbox = JournalOutbox.open(disk);
      Sequencer sequencer = Sequencer.open(outbox, new TileStore(disk), signer);
      for (int i = 0; i < 509; i++) {
        append(outbox, "old " + i);
      }
      sequencer.run();
      heads.add(sequencer.head());
    }

    void run() throws IOException {
      JournalOutbox outbox = JournalOutbox.open(disk);
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
