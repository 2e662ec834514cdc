// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.NoteSignature;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tiles.TileBuilder;
import org.cofferdam.core.ledger.tiles.TilePath;
import org.cofferdam.core.ledger.tiles.TileStore;
import org.cofferdam.core.ledger.witness.WitnessClient;

/**
 * Turns committed submissions, in their order, into content files, tiles and checkpoints. There is
 * one holder at a time. It may be cut off anywhere: opened again it writes the same files, because
 * the outbox is the truth. After an exception it must be opened again.
 */
public final class Sequencer {
  /** Most submissions between two checkpoints; bounds the memory that a long queue takes. */
  private static final int STEP = 512;

  private final Outbox<?> outbox;
  private final TileStore store;
  private final NoteSigner signer;
  private final TileBuilder builder;
  private volatile Checkpoint head;
  private boolean broken;

  private Sequencer(
      Outbox<?> outbox, TileStore store, NoteSigner signer, TileBuilder builder, Checkpoint head) {
    this.outbox = outbox;
    this.store = store;
    this.signer = signer;
    this.builder = builder;
    this.head = head;
  }

  /**
   * Goes on where the last holder stopped; an empty store becomes an empty log.
   *
   * @param signer the log's key; its name is the origin
   * @throws IOException where the store's head is not this key's, does not fit the tiles, or is
   *     ahead of the outbox, which then has lost records
   */
  public static Sequencer open(Outbox<?> outbox, TileStore store, NoteSigner signer)
      throws IOException {
    String origin = signer.logKey().name();
    Optional<byte[]> note = store.read(TilePath.CHECKPOINT);
    if (note.isEmpty()) {
      TileBuilder empty = new TileBuilder();
      Checkpoint head = new Checkpoint(origin, 0, empty.root(), List.of());
      Sequencer sequencer = new Sequencer(outbox, store, signer, empty, head);
      sequencer.publish(head);
      return sequencer;
    }
    Checkpoint head = Checkpoint.open(SignedNote.parse(note.get()), signer.logKey(), origin);
    TileBuilder builder = TileBuilder.resume(store, head.size());
    if (!Digests.equal(builder.root(), head.root())) {
      throw new IOException("the tiles do not have the checkpoint's root: the log is damaged");
    }
    if (head.size() > outbox.size()) {
      throw new IOException(
          "the log has "
              + head.size()
              + " records, its outbox "
              + outbox.size()
              + ": it lost some");
    }
    return new Sequencer(outbox, store, signer, builder, head);
  }

  /** The latest checkpoint that is durable. */
  public Checkpoint head() {
    return head;
  }

  /**
   * Brings the log up to what is committed now, and says how many records that added.
   *
   * @throws IOException where the store failed; open a new sequencer then
   */
  public synchronized long run() throws IOException {
    if (broken) {
      throw new IOException("an earlier run failed: the sequencer must be opened again");
    }
    long before = head.size();
    broken = true;
    for (List<Submission> next = next(); !next.isEmpty(); next = next()) {
      integrate(next);
    }
    broken = false;
    return head.size() - before;
  }

  /**
   * Lets a witness cosign the head, and adds that to what readers see. The records do not wait for
   * it.
   *
   * @throws IOException where the witness gives no good cosignature; the log goes on without it
   */
  public synchronized void cosign(WitnessClient witness) throws IOException {
    SignedNote note =
        SignedNote.parse(
            store
                .read(TilePath.CHECKPOINT)
                .orElseThrow(() -> new IOException("the checkpoint is gone")));
    NoteSignature line = witness.cosign(note, new LogReader(store, head.size()));
    store.replace(TilePath.CHECKPOINT, note.with(List.of(line)).encode());
  }

  private List<Submission> next() throws IOException {
    return outbox.read(head.size(), STEP);
  }

  private void integrate(List<Submission> submissions) throws IOException {
    long filledFrom = builder.size() / TilePath.WIDTH;
    Map<String, byte[]> content = new LinkedHashMap<>();
    Map<String, byte[]> tiles = new LinkedHashMap<>();
    for (Submission submission : submissions) {
      for (byte[] bytes : submission.content()) {
        content.put(ContentStore.path(ContentDigest.of(bytes)), bytes);
      }
      builder.add(submission.record(), tiles::put);
    }
    tiles.putAll(builder.partials());
    // In this order, so that a reader of the checkpoint finds all it leads to.
    store.create(content);
    store.create(tiles);
    publish(new Checkpoint(head.origin(), builder.size(), builder.root(), List.of()));
    outbox.trim(head.size());
    for (long full = filledFrom; full < builder.size() / TilePath.WIDTH; full++) {
      store.clear(TilePath.hashes(0, full, TilePath.WIDTH) + ".p");
      store.clear(TilePath.entries(full, TilePath.WIDTH) + ".p");
    }
  }

  private void publish(Checkpoint next) throws IOException {
    String text = next.text();
    SignedNote note = new SignedNote(text, List.of(signer.sign(text)));
    store.replace(TilePath.CHECKPOINT, note.encode());
    head = next;
  }
}
