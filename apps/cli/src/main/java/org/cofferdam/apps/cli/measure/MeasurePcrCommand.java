// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.measurement.boot.FirmwareInputs;
import org.cofferdam.core.measurement.boot.GuestInputs;
import org.cofferdam.core.measurement.boot.MeasuredBoot;
import org.cofferdam.core.measurement.boot.PcrValues;
import org.cofferdam.core.measurement.boot.PredictedEvent;
import org.cofferdam.core.measurement.firmware.PeiState;
import org.cofferdam.core.measurement.firmware.UnpredictableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The PCRs of a direct boot by QEMU and OVMF. */
@Command(
    name = "pcr",
    mixinStandardHelpOptions = true,
    description =
        "Computes the SHA-256 PCRs of a guest that QEMU and OVMF boot directly, event by event.")
final class MeasurePcrCommand implements Callable<Integer> {
  private static final int PCR_FIRMWARE = 0;
  private static final int PCR_AGGREGATE = 10;

  @Option(names = "--code", required = true, paramLabel = "FILE", description = "OVMF's code.")
  private Path code = Path.of("OVMF_CODE.fd");

  @Option(names = "--vars", required = true, paramLabel = "FILE", description = "OVMF's variables.")
  private Path variables = Path.of("OVMF_VARS.fd");

  @Mixin private BootFiles boot = new BootFiles();

  @Option(names = "--memory-mib", required = true, paramLabel = "N", description = "Memory in MiB.")
  private int memory = 1024;

  @Option(
      names = "--pei-state",
      paramLabel = "FILE",
      description =
          "What this machine's firmware notes in its own volume, as a local run keeps it. Without "
              + "it PCR 0 and 10 are not predicted.")
  private @Nullable Path state;

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      return print();
    } catch (MalformedEvidenceException | UnpredictableException e) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          String.valueOf(e.getMessage()),
          "Give the files of a guest that QEMU and OVMF boot directly.",
          e);
    }
  }

  private int print() {
    PeiState known =
        state == null
            ? new PeiState(List.of())
            : PeiState.fromJson(Json.parse(BootFiles.read(state)));
    List<PredictedEvent> events =
        MeasuredBoot.events(
            new GuestInputs(
                new FirmwareInputs(BootFiles.read(code), BootFiles.read(variables), known),
                boot.kernel(),
                boot.initrd(),
                boot.append(),
                memory));
    PcrValues values = PcrValues.of(events);
    Map<Integer, String> pcrs = new TreeMap<>();
    List<Json> steps = new ArrayList<>();
    for (PredictedEvent event : events) {
      boolean open = state == null && (event.pcr() == PCR_FIRMWARE || event.pcr() == PCR_AGGREGATE);
      if (!open) {
        pcrs.put(event.pcr(), values.hex(event.pcr()));
        steps.add(
            Json.object()
                .put("pcr", event.pcr())
                .put("digest", Hex.encode(event.digest()))
                .put("input", event.input())
                .build());
      }
    }
    Json.Builder bank = Json.object();
    pcrs.forEach((pcr, value) -> bank.put(pcr.toString(), value));
    if (output.json()) {
      output.print(
          Json.object()
              .put("pcrs", Json.object().put("sha256", bank.build()).build())
              .put("events", Json.array(steps))
              .build());
    } else {
      pcrs.forEach((pcr, value) -> spec.commandLine().getOut().printf("%2d %s%n", pcr, value));
      spec.commandLine().getOut().flush();
    }
    return ExitCode.OK;
  }
}
