// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.verify;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.attestation.Inspector;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.tpm.TpmHash;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofferdam eventlog}. */
@Command(
    name = "eventlog",
    mixinStandardHelpOptions = true,
    description = "Reads the event log of a measured boot.",
    subcommands = EventlogCommand.Replay.class)
public final class EventlogCommand {

  /** {@code cofferdam eventlog replay}. */
  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = "Lists the events, and computes what the registers must hold after them.")
  public static final class Replay implements Callable<Integer> {
    @Mixin private OutputOption output;

    @Parameters(paramLabel = "FILE", description = "The log, or -.")
    private String file = "-";

    @Option(
        names = "--bank",
        paramLabel = "sha1|sha256|sha384|sha512",
        description = "The bank to replay; default all that the log has.")
    private @Nullable String bank;

    @Override
    public Integer call() {
      Optional<TpmHash> hash = bank == null ? Optional.empty() : TpmHash.ofBank(bank);
      if (bank != null && hash.filter(TpmHash::isComputable).isEmpty()) {
        throw CommandException.usage(
            "--bank " + bank + " is no bank.", "Use sha1, sha256, sha384 or sha512.");
      }
      try {
        EventLog log = EventLog.parse(Inputs.read(file, false).getFirst().content());
        Json document = Inspector.replay(log, hash);
        if (output.json()) {
          output.print(document);
        } else {
          System.out.println(document.pretty());
        }
        return ExitCode.OK;
      } catch (MalformedEvidenceException e) {
        throw new CommandException(
            ExitCode.REFUSED,
            "Malformed event log: " + e.getMessage() + ".",
            "Read the whole log again.",
            e);
      }
    }
  }
}
