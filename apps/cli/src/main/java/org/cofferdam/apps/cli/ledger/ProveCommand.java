// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.ledger;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.LogProof;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.cofferdam.core.ledger.tree.MerkleTree;
import org.cofferdam.core.ledger.tree.ProofCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ledger prove}: the proof that a record is in the log, to hand to somebody else. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = "Prints the proof that a record is in the log (C2SP tlog-proof), once checked.")
public final class ProveCommand implements Callable<Integer> {
  @Mixin private LogOptions log;
  @Mixin private OutputOption output;

  @Parameters(index = "1", paramLabel = "INDEX", description = "The record.")
  private long index;

  @Override
  public Integer call() {
    try {
      LogOptions.Head head = log.head();
      Checkpoint checkpoint = head.checkpoint();
      if (index < 0 || index >= checkpoint.size()) {
        throw CommandException.usage(
            "the log has no record " + index, "It has " + checkpoint.size() + ", from 0.");
      }
      LogReader reader = new LogReader(log.source(), checkpoint.size());
      byte[] leaf = MerkleHash.leaf(reader.entry(index));
      List<byte[]> path = MerkleTree.inclusion(reader, index, checkpoint.size());
      if (!ProofCheck.inclusion(index, checkpoint.size(), leaf, path, checkpoint.root())) {
        throw new CommandException(
            ExitCode.REFUSED,
            "record " + index + " does not lead to the root that is signed",
            "Check the whole log with cofferdam ledger verify.");
      }
      print(head, leaf, new LogProof(index, path, head.note()));
      return ExitCode.OK;
    } catch (IOException e) {
      throw log.unreadable(e);
    } catch (MalformedEvidenceException e) {
      throw log.broken(e);
    }
  }

  private void print(LogOptions.Head head, byte[] leaf, LogProof proof) {
    if (!output.json()) {
      System.out.print(proof.encode());
      return;
    }
    output.print(
        Json.object()
            .put("index", index)
            .put("leafHash", Hex.encode(leaf))
            .put("size", head.checkpoint().size())
            .put("rootHash", Hex.encode(head.checkpoint().root()))
            .put("path", Json.strings(proof.path().stream().map(Hex::encode).toList()))
            .put("signatureChecked", head.verified())
            .put("proof", proof.encode())
            .build());
  }
}
