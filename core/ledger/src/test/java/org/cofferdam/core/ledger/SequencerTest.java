// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.ledger.journal.JournalOutbox;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.LogProof;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tiles.SimulatedDisk;
import org.cofferdam.core.ledger.tiles.TileStore;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.cofferdam.core.ledger.tree.MerkleTree;
import org.junit.jupiter.api.Test;

class SequencerTest {
  private final TestLog log;

  SequencerTest() throws IOException {
    log = new TestLog();
  }

  private SignedNote note() throws IOException {
    return SignedNote.parse(log.store.read("checkpoint").orElseThrow());
  }

  @Test
  void anEmptyLogHasASignedHead() throws IOException {
    Checkpoint head = Checkpoint.open(note(), log.signer.logKey(), TestLog.ORIGIN);
    assertThat(head.size()).isZero();
    assertThat(head.root()).isEqualTo(MerkleHash.empty());
  }

  @Test
  void theReceiptIsTheRecordsPlaceInTheLog() throws IOException {
    List<Receipt> receipts = log.fill(300);
    LogReader reader = new LogReader(log.store, log.sequencer.head().size());
    for (Receipt receipt : receipts) {
      byte[] entry = reader.entry(receipt.index());
      assertThat(LedgerRecord.decode(entry)).isEqualTo(receipt.record());
      assertThat(Hex.encode(MerkleHash.leaf(entry))).isEqualTo(receipt.leafHash());
    }
  }

  @Test
  void aProofIsCheckedWithTheKeyAlone() throws IOException {
    log.fill(300);
    LogReader reader = new LogReader(log.store, 300);
    LogProof proof = new LogProof(7, MerkleTree.inclusion(reader, 7, 300), note());
    LogProof read =
        LogProof.parse(proof.encode().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(read.encode()).isEqualTo(proof.encode());
    assertThat(read.proves(reader.entry(7), log.signer.logKey(), TestLog.ORIGIN)).isTrue();
    assertThat(read.proves(reader.entry(8), log.signer.logKey(), TestLog.ORIGIN)).isFalse();
  }

  @Test
  void contentIsKeptByDigest() throws IOException {
    log.fill(2);
    ContentStore contents = new ContentStore(log.store);
    for (int number : new int[] {0, 1, -1, -2}) {
      byte[] content = TestLog.evidence(number);
      assertThat(contents.get(ContentDigest.of(content))).contains(content);
    }
  }

  @Test
  void contentThatChangedIsNotGivenOut() throws IOException {
    log.fill(1);
    ContentDigest digest = ContentDigest.of(TestLog.evidence(0));
    log.disk.write(ContentStore.path(digest), new byte[] {1});
    assertThatThrownBy(() -> new ContentStore(log.store).get(digest))
        .isInstanceOf(IOException.class);
  }

  @Test
  void partialFilesGoWhenTheFullOnesAreThere() throws IOException {
    log.fill(255);
    assertThat(log.disk.list("tile/0/000.p")).containsExactly("255");
    log.fill(1);
    assertThat(log.disk.list("tile/0/000.p")).isEmpty();
    assertThat(log.disk.list("tile/entries/000.p")).isEmpty();
    assertThat(log.disk.list("tile/0")).containsExactly("000");
  }

  @Test
  void aTileThatIsThereWithOtherContentStopsTheLog() throws IOException {
    log.fill(10);
    log.store.create(Map.of("tile/0/000.p/11", new byte[11 * 32]));
    assertThatThrownBy(() -> log.fill(1)).hasMessageContaining("fork");
    assertThatThrownBy(() -> log.fill(1)).hasMessageContaining("opened again");
    assertThat(Checkpoint.parse(note().text()).size()).isEqualTo(10);
  }

  @Test
  void tilesThatDoNotFitTheHeadStopTheLog() throws IOException {
    log.fill(10);
    byte[] tile = log.disk.read("tile/0/000.p/10").orElseThrow();
    tile[0] ^= 1;
    log.disk.write("tile/0/000.p/10", tile);
    assertThatThrownBy(() -> Sequencer.open(log.outbox, log.store, log.signer))
        .hasMessageContaining("damaged");
  }

  @Test
  void anOutboxThatLostRecordsStopsTheLog() throws IOException {
    log.fill(10);
    JournalOutbox empty = JournalOutbox.open(new SimulatedDisk());
    assertThatThrownBy(() -> Sequencer.open(empty, log.store, log.signer))
        .hasMessageContaining("lost");
  }

  @Test
  void anotherKeyCannotGoOn() {
    NoteSigner other = new NoteSigner(TestLog.ORIGIN, TestLog.pair());
    assertThatThrownBy(() -> Sequencer.open(log.outbox, log.store, other))
        .hasMessageContaining("signature");
  }

  @Test
  void aLogWhoseHeadIsGoneDoesNotStartAnew() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    JournalOutbox outbox = JournalOutbox.open(disk, 1);
    Sequencer sequencer = Sequencer.open(outbox, new TileStore(disk), log.signer);
    Ledger<JournalOutbox.NoStore> ledger = new Ledger<>(outbox);
    for (int i = 0; i < 3; i++) {
      ledger.record(TestLog.record(i), TestLog.content(i));
      sequencer.run();
    }
    disk.delete("checkpoint");
    assertThatThrownBy(() -> Sequencer.open(outbox, new TileStore(disk), log.signer).run())
        .hasMessageContaining("any more");
  }
}
