// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ledger show}: the head of a log, and one record or the latest ones. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows the head of a log, and one record or the latest ones.")
public final class ShowCommand implements Callable<Integer> {
  @Mixin private LogOptions log;
  @Mixin private OutputOption output;

  @Parameters(index = "1", arity = "0..1", paramLabel = "INDEX", description = "One record.")
  private @Nullable Long index;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many of the latest records. Default: ${DEFAULT-VALUE}")
  private int last;

  @Override
  public Integer call() {
    try {
      LogOptions.Head head = log.head();
      LogReader reader = new LogReader(log.source(), head.checkpoint().size());
      List<RecordView> records = records(reader);
      if (output.json()) {
        output.print(json(head, records));
      } else {
        print(head, records);
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw log.unreadable(e);
    } catch (MalformedEvidenceException e) {
      throw log.broken(e);
    }
  }

  private List<RecordView> records(LogReader reader) throws IOException {
    List<RecordView> records = new ArrayList<>();
    if (index != null) {
      if (index < 0 || index >= reader.size()) {
        throw CommandException.usage(
            "the log has no record " + index, "It has " + reader.size() + ", from 0.");
      }
      records.add(RecordView.read(reader, index));
      return records;
    }
    for (long i = Math.max(0, reader.size() - Math.max(0, last)); i < reader.size(); i++) {
      records.add(RecordView.read(reader, i));
    }
    return records;
  }

  private static Json json(LogOptions.Head head, List<RecordView> records) {
    return Json.object()
        .put("origin", head.checkpoint().origin())
        .put("size", head.checkpoint().size())
        .put("rootHash", Hex.encode(head.checkpoint().root()))
        .put("signatureChecked", head.verified())
        .put("records", Json.array(records.stream().map(RecordView::toJson).toList()))
        .build();
  }

  private static void print(LogOptions.Head head, List<RecordView> records) {
    System.out.println(head.checkpoint().origin());
    System.out.println(
        head.checkpoint().size()
            + " records, root "
            + Hex.encode(head.checkpoint().root())
            + (head.verified() ? "" : " (signature not checked: give --key)"));
    records.forEach(record -> System.out.println(record.toText()));
  }
}
