// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.ledger;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tree.MerkleTree;
import org.cofferdam.core.ledger.tree.ProofCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ledger tail}: records as they come; each new head must extend the one before. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = "Shows records as they come, and checks that the log only grows.")
public final class TailCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Mixin private LogOptions log;
  @Mixin private OutputOption output;

  @Option(
      names = "--from",
      paramLabel = "INDEX",
      description = "Begin here. Default: ten before the end.")
  private @Nullable Long from;

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      description =
          "Stop after so long. Default: never, and at once with --output json, which is one"
              + " document.")
  private @Nullable Integer seconds;

  @Override
  public Integer call() {
    List<Json> collected = new ArrayList<>();
    try {
      Checkpoint seen = log.head().checkpoint();
      long next = from == null ? Math.max(0, seen.size() - 10) : from;
      next = show(seen, next, collected);
      for (long left = left(); left > 0; left--) {
        Thread.sleep(PAUSE);
        Checkpoint head = log.head().checkpoint();
        check(seen, head);
        seen = head;
        next = show(seen, next, collected);
      }
    } catch (IOException e) {
      throw log.unreadable(e);
    } catch (MalformedEvidenceException e) {
      throw log.broken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (output.json()) {
      output.print(Json.object().put("records", Json.array(collected)).build());
    }
    return ExitCode.OK;
  }

  private long left() {
    if (seconds != null) {
      return seconds;
    }
    return output.json() ? 0 : Long.MAX_VALUE;
  }

  private long show(Checkpoint head, long next, List<Json> collected) throws IOException {
    LogReader reader = new LogReader(log.source(), head.size());
    for (long index = next; index < head.size(); index++) {
      RecordView record = RecordView.read(reader, index);
      if (output.json()) {
        collected.add(record.toJson());
      } else {
        System.out.println(record.toText());
      }
    }
    return Math.max(next, head.size());
  }

  private void check(Checkpoint seen, Checkpoint head) throws IOException {
    boolean grown = seen.size() <= head.size();
    LogReader reader = new LogReader(log.source(), head.size());
    if (!grown
        || !ProofCheck.consistency(
            seen.size(),
            seen.root(),
            head.size(),
            head.root(),
            MerkleTree.consistency(reader, seen.size(), head.size()))) {
      throw new CommandException(
          ExitCode.REFUSED,
          "the log was rewritten: its head of "
              + head.size()
              + " records does not extend that of "
              + seen.size(),
          "Keep both heads: they are the proof.");
    }
  }
}
