// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.LogProof;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.note.VerifierKey;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tiles.TileSource;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.cofferdam.core.ledger.tree.MerkleTree;

/**
 * Proof that a record is in the log, checked here and not believed.
 *
 * @param index of the record
 * @param leafHash its RFC 6962 leaf hash, hex
 * @param proof C2SP tlog-proof: path and signed checkpoint
 */
record RecordProof(long index, String leafHash, LogProof proof) {
  /** Checkpoints follow their records within this time. */
  private static final Duration WAIT = Duration.ofSeconds(10);

  /**
   * Waits for a checkpoint that covers the record, and checks signature, path and leaf.
   *
   * @param record {@code {"index", "leafHash"}} as a decision names it
   * @param logKey the log's verifier key
   */
  static RecordProof check(TileSource log, Json.Obj record, String logKey)
      throws IOException, InterruptedException {
    VerifierKey key = VerifierKey.parse(logKey);
    long index = record.integer("index");
    SignedNote note = covering(log, key, index);
    Checkpoint head = Checkpoint.open(note, key, key.name());
    LogReader reader = new LogReader(log, head.size());
    byte[] entry = reader.entry(index);
    LogProof proof = new LogProof(index, MerkleTree.inclusion(reader, index, head.size()), note);
    String leafHash = Hex.encode(MerkleHash.leaf(entry));
    if (!leafHash.equals(record.string("leafHash")) || !proof.proves(entry, key, key.name())) {
      throw new CommandException(
          ExitCode.REFUSED,
          "the log does not prove record " + index + " of this decision",
          "Do not trust this server; cofferdam ledger verify looks at the whole log.");
    }
    return new RecordProof(index, leafHash, proof);
  }

  Json toJson() {
    return Json.object()
        .put("index", index)
        .put("leafHash", leafHash)
        .put("proof", proof.encode())
        .build();
  }

  private static SignedNote covering(TileSource log, VerifierKey key, long index)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + WAIT.toNanos();
    while (true) {
      Optional<byte[]> text = log.read("checkpoint");
      if (text.isPresent()) {
        SignedNote note = SignedNote.parse(text.get());
        if (Checkpoint.open(note, key, key.name()).size() > index) {
          return note;
        }
      }
      if (System.nanoTime() > end) {
        throw new CommandException(
            ExitCode.UNDECIDED,
            "record " + index + " is in no checkpoint after " + WAIT.toSeconds() + " s",
            "Ask again with cofferdam ledger prove.");
      }
      Thread.sleep(20);
    }
  }
}
