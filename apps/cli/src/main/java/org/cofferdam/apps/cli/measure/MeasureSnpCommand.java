// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.measure;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.measurement.snp.CpuType;
import org.cofferdam.core.measurement.snp.SnpLaunch;
import org.cofferdam.core.measurement.snp.Vmm;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The launch digest of an SEV-SNP guest. */
@Command(
    name = "snp",
    mixinStandardHelpOptions = true,
    description = "Computes the launch digest that the report of an SEV-SNP guest will have.")
final class MeasureSnpCommand implements Callable<Integer> {
  @Option(names = "--ovmf", required = true, paramLabel = "FILE", description = "The firmware.")
  private Path ovmf = Path.of("OVMF.fd");

  @Option(
      names = "--ovmf-hash",
      paramLabel = "HEX",
      description = "The digest after the firmware's pages, where --ovmf is only its end.")
  private String ovmfHash = "";

  @Mixin private BootFiles boot = new BootFiles();

  @Option(names = "--vcpus", required = true, paramLabel = "N", description = "Processors.")
  private int vcpus = 1;

  @Option(
      names = "--vcpu-type",
      required = true,
      paramLabel = "T",
      description = "Their model as QEMU names it, for example EPYC-v4.")
  private String type = "";

  @Option(
      names = "--guest-features",
      paramLabel = "HEX",
      defaultValue = "0x1",
      description = "SEV_FEATURES of the guest. Default: ${DEFAULT-VALUE}")
  private String features = "0x1";

  @Option(
      names = "--vmm",
      paramLabel = "VMM",
      defaultValue = "QEMU",
      description = "qemu, ec2 or gce. Default: qemu")
  private Vmm vmm = Vmm.QEMU;

  @Option(
      names = "--workload",
      paramLabel = "NS/NAME",
      defaultValue = "default/guest",
      description = "For whom the reference values are.")
  private String workload = "default/guest";

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CpuType cpu =
        CpuType.of(type)
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "The processor model '" + type + "' is not known.",
                        "Give EPYC, EPYC-Rome, EPYC-Milan, EPYC-Genoa or EPYC-Turin, with or without -vN."));
    if (vcpus < 1 || vcpus > 4096) {
      throw CommandException.usage(
          "--vcpus is not from 1 to 4096.", "Give a number of processors.");
    }
    String digest;
    try {
      digest =
          Hex.encode(
              SnpLaunch.digest(
                  vmm,
                  BootFiles.read(ovmf),
                  ovmfHash.isEmpty() ? Optional.empty() : Optional.of(Hex.decode(ovmfHash)),
                  boot.given()
                      ? Optional.of(new SnpLaunch.Boot(boot.kernel(), boot.initrd(), boot.append()))
                      : Optional.empty(),
                  new SnpLaunch.Processors(vcpus, cpu, number())));
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          String.valueOf(e.getMessage()),
          "Give an OVMF that is built for SEV-SNP.",
          e);
    }
    if (output.json()) {
      output.print(
          Json.object()
              .put("launchDigest", digest)
              .put(
                  "movedBy",
                  Json.strings(
                      List.of(
                          "firmware",
                          "kernel, initrd and command line",
                          "number and model of processors",
                          "guest features")))
              .put("references", references(digest).toJson())
              .put(
                  "rvps",
                  Json.object()
                      .put("snp_launch_measurement", Json.strings(List.of(digest)))
                      .build())
              .build());
    } else {
      spec.commandLine().getOut().println(digest);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.OK;
  }

  private ReferenceSet references(String digest) {
    return new ReferenceSet(
        workload,
        List.of(
            ReferenceValue.predicted(
                "snp.measurement",
                "/snp/measurement",
                Json.of(digest),
                "firmware, kernel hashes, " + vcpus + " processors of " + type)));
  }

  private long number() {
    try {
      return Long.parseLong(
          features.startsWith("0x") ? features.substring("0x".length()) : features, 16);
    } catch (NumberFormatException e) {
      throw CommandException.usage("--guest-features is no hex number.", "Give 1 or 21.");
    }
  }
}
