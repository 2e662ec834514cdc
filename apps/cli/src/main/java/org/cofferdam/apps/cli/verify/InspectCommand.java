// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.verify;

import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Inspector;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofferdam inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Prints every field of evidence. Nothing is verified.")
public final class InspectCommand implements Callable<Integer> {
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "FILE|URL", description = "Evidence: a file, a directory, or -.")
  private String evidence = "-";

  @Option(names = "--kind", description = "Kind of evidence, where its content is not to decide.")
  private @Nullable String kind;

  @Option(names = "--no-network", description = "Forbids a URL as evidence.")
  private boolean noNetwork;

  @Override
  public Integer call() {
    Evidence input = new Evidence(Inputs.read(evidence, !noNetwork));
    String found =
        kind != null
            ? kind
            : Verifier.create(
                    new JcaSignatureEngine(),
                    Endorsements.of(new TrustAnchors(List.of()), List.of()))
                .recognise(input)
                .orElseThrow(
                    () ->
                        new CommandException(
                            ExitCode.REFUSED,
                            evidence + " is no evidence of a known kind.",
                            "Name the kind with --kind, to see what is wrong with it."));
    try {
      Json document =
          Json.object().put("kind", found).put("fields", Inspector.fields(found, input)).build();
      if (output.json()) {
        output.print(document);
      } else {
        System.out.println(document.pretty());
      }
      return ExitCode.OK;
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.REFUSED,
          "Malformed " + found + ": " + e.getMessage() + ".",
          "Send the bytes as the hardware gave them.",
          e);
    }
  }
}
