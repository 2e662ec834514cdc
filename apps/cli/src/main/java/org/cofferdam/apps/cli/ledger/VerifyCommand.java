// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.monitor.Monitor;
import org.cofferdam.core.ledger.monitor.Report;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.note.VerifierKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ledger verify}: checks the whole log, as a third party does. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks the whole log: every record, every tile, and the signed root.")
public final class VerifyCommand implements Callable<Integer> {
  @Mixin private LogOptions log;
  @Mixin private OutputOption output;

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description = "A checkpoint kept from earlier, which the log must still begin with.")
  private @Nullable Path since;

  @Option(names = "--witness", paramLabel = "VKEY", description = "A witness whose word counts.")
  private List<String> witnesses = new ArrayList<>();

  @Option(
      names = "--quorum",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many witnesses must have cosigned the head. Default: ${DEFAULT-VALUE}")
  private int quorum;

  @Override
  public Integer call() {
    VerifierKey key = log.key();
    if (key == null) {
      throw CommandException.usage(
          "without the log's key nothing can be verified", "Give it with --key.");
    }
    try {
      Monitor monitor = new Monitor(log.source(), key, key.name(), witnessKeys(), quorum);
      Report report = monitor.check(earlier(key));
      print(report);
      return report.consistent() ? ExitCode.OK : ExitCode.REFUSED;
    } catch (IOException e) {
      throw log.unreadable(e);
    } catch (MalformedEvidenceException e) {
      if (output.json()) {
        output.print(refused(e));
        return ExitCode.REFUSED;
      }
      throw log.broken(e);
    }
  }

  private List<VerifierKey> witnessKeys() {
    try {
      return witnesses.stream().map(VerifierKey::parse).toList();
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.USAGE, "--witness: " + e.getMessage(), "Give the witness's own vkey.", e);
    }
  }

  private @Nullable Checkpoint earlier(VerifierKey key) {
    if (since == null) {
      return null;
    }
    try {
      return Checkpoint.open(SignedNote.parse(Files.readAllBytes(since)), key, key.name());
    } catch (IOException | MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "--since: " + since + " is no checkpoint of this log: " + e.getMessage(),
          "Give a file that held the log's checkpoint earlier.",
          e);
    }
  }

  private void print(Report report) {
    if (output.json()) {
      output.print(report.toJson());
      return;
    }
    System.out.println(report.head().origin());
    System.out.println(
        report.recordsChecked()
            + " of "
            + report.head().size()
            + " records checked, root "
            + Hex.encode(report.head().root()));
    if (report.contentMissing() > 0) {
      System.out.println(report.contentMissing() + " contents are not kept (any more)");
    }
    report.cosigned().forEach(witness -> System.out.println("cosigned by " + witness));
    report.problems().forEach(problem -> System.out.println("PROBLEM: " + problem));
    System.out.println(report.consistent() ? "consistent" : "NOT consistent");
  }

  private static Json refused(MalformedEvidenceException e) {
    return Json.object()
        .put("size", Json.Null.NULL)
        .put("rootHash", Json.Null.NULL)
        .put("consistent", false)
        .put("recordsChecked", 0)
        .put("problems", Json.strings(List.of(String.valueOf(e.getMessage()))))
        .build();
  }
}
