// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.gate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.verify.VerifyCommand;
import org.cofferdam.core.attestation.Verdict;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofferdam gate}: a command behind a verdict. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs COMMAND only if the evidence is accepted.",
      "Its exit code is COMMAND's; 125 where the evidence is refused or could not be decided."
    })
public final class GateCommand implements Callable<Integer> {
  /** The evidence was not accepted; the command was not run. */
  static final int NOT_RUN = 125;

  private static final int CANNOT_RUN = 126;

  @Parameters(index = "0", paramLabel = "EVIDENCE|URL", description = "As for verify.")
  private String evidence = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "After --.")
  private List<String> command = new ArrayList<>();

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "genuine|release|FILE",
      description = "What suffices.")
  private String policy = "";

  @Option(names = "--kind", description = "Kind of evidence.")
  private @Nullable String kind;

  @Option(names = "--nonce", paramLabel = "HEX", description = "Challenge it must carry.")
  private @Nullable String nonce;

  @Option(names = "--report-data", paramLabel = "HEX", description = "Report data, in full.")
  private @Nullable String reportData;

  @Option(names = "--reference", paramLabel = "FILE", description = "Reference values.")
  private @Nullable String reference;

  @Option(names = "--at", paramLabel = "TIME", description = "The clock to use; default now.")
  private @Nullable String at;

  @Option(names = "--endorsements", paramLabel = "DIR|ARCHIVE", description = "Collateral.")
  private List<String> endorsements = new ArrayList<>();

  @Option(names = "--trust-anchor", paramLabel = "FILE", description = "Adds a root.")
  private List<String> trustAnchors = new ArrayList<>();

  @Option(names = "--allow-development", description = "Accepts a development TEE.")
  private boolean allowDevelopment;

  @Option(names = "--no-network", description = "Forbids a URL as evidence.")
  private boolean noNetwork;

  @Override
  public Integer call() throws InterruptedException {
    VerifyCommand verify = new VerifyCommand();
    new CommandLine(verify).parseArgs(arguments().toArray(String[]::new));
    VerifyCommand.Judged judged;
    try {
      judged = verify.judge();
    } catch (CommandException e) {
      if (e.exitCode() == ExitCode.USAGE) {
        throw e;
      }
      System.err.println("cofferdam: not run: " + e.getMessage());
      return NOT_RUN;
    }
    if (judged.verdict() != Verdict.ACCEPTED) {
      explain(judged);
      return NOT_RUN;
    }
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      System.err.println("cofferdam: the command cannot be run: " + e.getMessage());
      return CANNOT_RUN;
    }
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(evidence, "--policy", policy));
    add(arguments, "--kind", kind);
    add(arguments, "--nonce", nonce);
    add(arguments, "--report-data", reportData);
    add(arguments, "--reference", reference);
    add(arguments, "--at", at);
    endorsements.forEach(e -> add(arguments, "--endorsements", e));
    trustAnchors.forEach(a -> add(arguments, "--trust-anchor", a));
    if (allowDevelopment) {
      arguments.add("--allow-development");
    }
    if (noNetwork) {
      arguments.add("--no-network");
    }
    return arguments;
  }

  private static void add(List<String> arguments, String option, @Nullable String value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value);
    }
  }

  private static void explain(VerifyCommand.Judged judged) {
    System.err.println("cofferdam: not run: the evidence is " + judged.verdict().wire());
    for (Json one : judged.document().array("checks")) {
      Json.Obj check = one.asObject("check");
      String outcome = check.string("outcome");
      if (outcome.equals("failed") || outcome.equals("skipped")) {
        System.err.println(
            "  "
                + check.string("id")
                + ": expected "
                + check.string("expected")
                + ", found "
                + check.string("found"));
      }
    }
  }
}
