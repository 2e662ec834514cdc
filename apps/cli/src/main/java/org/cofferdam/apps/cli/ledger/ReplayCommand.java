// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.ledger;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.attestation.BuiltInAnchors;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.ContentStore;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.replay.MissingContentException;
import org.cofferdam.core.ledger.replay.Replay;
import org.cofferdam.core.ledger.replay.Replayed;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ledger replay}: repeats the verdict behind a record, as known then and as known now. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Repeats the verdict behind a record, as known then and as known now.")
public final class ReplayCommand implements Callable<Integer> {
  @Mixin private LogOptions log;
  @Mixin private OutputOption output;

  @Parameters(index = "1", paramLabel = "INDEX", description = "The record.")
  private long index;

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() {
    try {
      LogOptions.Head head = log.head();
      if (index < 0 || index >= head.checkpoint().size()) {
        throw CommandException.usage(
            "the log has no record " + index, "It has " + head.checkpoint().size() + ", from 0.");
      }
      LogReader reader = new LogReader(log.source(), head.checkpoint().size());
      RecordView view = RecordView.read(reader, index);
      LedgerRecord record = view.record();
      Replay replay = new Replay(new ContentStore(log.source()), ReplayCommand::verifier);
      Replayed then = replay.then(record);
      Replayed now = replay.at(record, clock.instant(), latestReferences(reader, record));
      boolean agrees = Replay.agrees(record, then);
      print(view, then, now, agrees);
      return agrees ? ExitCode.OK : ExitCode.REFUSED;
    } catch (MissingContentException e) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          "record " + index + " cannot be repeated: " + e.getMessage(),
          "Choose a record with evidence, or restore the content from a copy of the log.",
          e);
    } catch (IOException e) {
      throw log.unreadable(e);
    } catch (MalformedEvidenceException e) {
      throw log.broken(e);
    }
  }

  /** What applies now: the reference values of the workload's latest change. */
  private static @Nullable ContentDigest latestReferences(LogReader reader, LedgerRecord record)
      throws IOException {
    for (long i = reader.size() - 1; i >= 0; i--) {
      LedgerRecord other = LedgerRecord.decode(reader.entry(i));
      if (other.decision() == Decision.CHANGED
          && other.workload().equals(record.workload())
          && other.references() != null) {
        return other.references();
      }
    }
    return record.references();
  }

  private static Verifier verifier(List<TrustAnchor> anchors, List<Document> collateral) {
    List<TrustAnchor> all = new ArrayList<>(BuiltInAnchors.load().all());
    all.addAll(anchors);
    return Verifier.create(
        new JcaSignatureEngine(), Endorsements.of(new TrustAnchors(all), collateral));
  }

  private void print(RecordView view, Replayed then, Replayed now, boolean agrees) {
    if (output.json()) {
      output.print(
          Json.object()
              .put("index", index)
              .put("leafHash", view.leafHash())
              .put("record", view.record().toJson())
              .put("agrees", agrees)
              .put("then", then.toJson())
              .put("now", now.toJson())
              .build());
      return;
    }
    System.out.println(view.toText());
    print("as known then", then);
    print("as known now", now);
    System.out.println(agrees ? "the record and the repeated verdict agree" : "they do NOT agree");
  }

  private static void print(String title, Replayed replayed) {
    System.out.println(title + " (" + replayed.at() + "): " + replayed.verdict().wire());
    for (Check check : replayed.checks()) {
      System.out.println("  " + check.outcome().wire() + "  " + check.id());
      System.out.println("    expected " + check.expected());
      System.out.println("    found    " + check.found());
    }
  }
}
