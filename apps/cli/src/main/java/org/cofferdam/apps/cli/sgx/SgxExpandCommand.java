// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.sgx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.process.gramine.DirectoryTree;
import org.cofferdam.patterns.process.gramine.GramineManifest;
import org.cofferdam.patterns.process.gramine.ManifestException;
import org.cofferdam.patterns.process.gramine.ManifestLint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes out defaults and the hash of every trusted file. */
@Command(
    name = "expand",
    mixinStandardHelpOptions = true,
    description =
        "Writes the manifest as the loader takes it: defaults written out, every trusted file"
            + " with its hash. The same inputs give the same bytes.")
final class SgxExpandCommand implements Callable<Integer> {
  @Option(names = "--manifest", required = true, paramLabel = "FILE", description = "The manifest.")
  private Path manifest = Path.of("app.manifest");

  @Option(
      names = "--root",
      required = true,
      paramLabel = "DIR",
      description = "Where file: URIs and links lead: the root of the files that will be run.")
  private Path root = Path.of("/");

  @Option(names = "-o", required = true, paramLabel = "FILE", description = "Where to write it.")
  private Path target = Path.of("app.manifest.sgx");

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    GramineManifest parsed = ManifestFile.parse(manifest, Files.readAllBytes(manifest));
    if (!Files.isDirectory(root)) {
      throw CommandException.usage(root + " is no directory", "Give the root of the files.");
    }
    GramineManifest expanded;
    try {
      expanded = parsed.expand(new DirectoryTree(root));
      expanded.settings();
    } catch (ManifestException e) {
      throw new CommandException(
          ExitCode.REFUSED,
          manifest + ": " + e.getMessage(),
          "Correct the manifest, or give the --root that has the files.",
          e);
    }
    byte[] text = expanded.write().getBytes(StandardCharsets.UTF_8);
    Files.write(target, text);
    List<ManifestLint.Finding> findings = ManifestLint.check(expanded);
    if (output.json()) {
      output.print(
          Json.object()
              .put("manifest", target.toString())
              .put("sha256", Hex.encode(Digests.sha256(text)))
              .put("findings", Findings.json(findings))
              .build());
    } else {
      spec.commandLine().getOut().println("wrote " + target);
      Findings.print(findings, spec.commandLine().getErr());
    }
    return ExitCode.OK;
  }
}
