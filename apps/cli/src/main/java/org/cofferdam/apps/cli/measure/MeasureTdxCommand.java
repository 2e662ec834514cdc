// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.measurement.tdx.Mrtd;
import org.cofferdam.core.measurement.tdx.TdxRegisters;
import org.cofferdam.workload.model.Quantity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The registers of a TDX guest. */
@Command(
    name = "tdx",
    mixinStandardHelpOptions = true,
    description =
        "Computes MRTD and the run-time registers of a TDX guest that QEMU and OVMF boot directly.")
final class MeasureTdxCommand implements Callable<Integer> {
  @Option(names = "--firmware", required = true, paramLabel = "FILE", description = "The firmware.")
  private Path firmware = Path.of("OVMF.fd");

  @Mixin private BootFiles boot = new BootFiles();

  @Option(names = "--vcpus", paramLabel = "N", description = "Processors; they move RTMR0.")
  private int vcpus = 1;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "2Gi",
      description = "Memory, for example 2Gi; it moves RTMR0, and RTMR1 by the kernel's header.")
  private String memory = "2Gi";

  @Option(
      names = "--shape-log",
      paramLabel = "FILE",
      description =
          "The event log (CCEL) of one boot with these processors and this memory: RTMR0 takes the "
              + "hand-off blocks and the ACPI tables from it, and is marked as learned.")
  private @Nullable Path shapeLog;

  @Option(
      names = "--add-first",
      description = "The hypervisor adds all pages of a section before it extends them.")
  private boolean addFirst;

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      return print(measure());
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          String.valueOf(e.getMessage()),
          "Give an OVMF that is built for TDX, and a kernel with an EFI stub.",
          e);
    }
  }

  private Json.Obj measure() {
    byte[] image = BootFiles.read(firmware);
    Mrtd.Order order = addFirst ? Mrtd.Order.ALL_THEN_EXTEND : Mrtd.Order.PAGE_BY_PAGE;
    List<Json> registers = new ArrayList<>();
    List<Json> missing = new ArrayList<>();
    List<Json> learned = new ArrayList<>();
    if (shapeLog == null) {
      registers.add(Json.Null.NULL);
      missing.add(
          Json.of(
              "rtmr0: hand-off blocks and ACPI tables are made by the hypervisor; give the log of one boot of this shape with --shape-log"));
    } else {
      TdxRegisters.Shape shape =
          TdxRegisters.Shape.learned(EventLog.parse(Bytes.of(BootFiles.read(shapeLog))));
      registers.add(hex(TdxRegisters.rtmr0(shape, TdxRegisters.configurationVolume(image))));
      learned.add(Json.of("rtmr0"));
    }
    if (boot.given()) {
      byte[] initrd = boot.initrd();
      registers.add(
          hex(TdxRegisters.rtmr1(TdxRegisters.kernel(boot.kernel(), initrd.length, mebibytes()))));
      registers.add(hex(TdxRegisters.rtmr2(boot.append(), initrd)));
    } else {
      registers.add(Json.Null.NULL);
      registers.add(Json.Null.NULL);
      missing.add(Json.of("rtmr1, rtmr2: give --kernel"));
    }
    registers.add(hex(new byte[48]));
    return Json.object()
        .put("mrtd", hex(Mrtd.of(image, order)))
        .put("rtmr", Json.array(registers))
        .put("vcpus", vcpus)
        .put("learned", Json.array(learned))
        .put("missing", Json.array(missing))
        .put(
            "movedBy",
            Json.object()
                .put("mrtd", "firmware")
                .put("rtmr0", "processors, memory, devices, firmware variables")
                .put("rtmr1", "kernel, memory and initrd size in its header")
                .put("rtmr2", "command line, initrd")
                .put("rtmr3", "what the guest extends; zeros at its start")
                .build())
        .build();
  }

  private int print(Json.Obj measured) {
    if (output.json()) {
      output.print(measured);
    } else {
      spec.commandLine().getOut().println(measured.pretty());
      spec.commandLine().getOut().flush();
    }
    return ExitCode.OK;
  }

  private static Json hex(byte[] value) {
    return Json.of(Hex.encode(value));
  }

  private int mebibytes() {
    Optional<Long> bytes = Quantity.parse(memory).flatMap(Quantity::units);
    return bytes
        .map(b -> b >> 20)
        .filter(m -> m > 0 && m < Integer.MAX_VALUE)
        .map(Long::intValue)
        .orElseThrow(
            () -> CommandException.usage("--memory is no size.", "Write it as 2Gi or 2048Mi."));
  }
}
