// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.sgx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.measurement.gramine.EnclaveMeasurement;
import org.cofferdam.core.measurement.gramine.EnclaveSettings;
import org.cofferdam.core.measurement.gramine.PalImage;
import org.cofferdam.core.measurement.gramine.RuntimeProfile;
import org.cofferdam.patterns.process.gramine.GramineManifest;
import org.cofferdam.patterns.process.gramine.ManifestException;
import picocli.CommandLine.Option;

/** {@code --manifest} and {@code --pal}: what an enclave is made of. */
public final class EnclaveInputs {
  @Option(
      names = "--manifest",
      required = true,
      paramLabel = "FILE",
      description = "The expanded manifest, as it is shipped (app.manifest.sgx).")
  private Path manifest = Path.of("app.manifest.sgx");

  @Option(
      names = "--pal",
      required = true,
      paramLabel = "FILE",
      description = "libpal.so of the Gramine that will run it (1.9).")
  private Path pal = Path.of("libpal.so");

  /** An enclave's measurement and what the manifest says of it. */
  public record Enclave(GramineManifest manifest, EnclaveSettings settings, Bytes mrEnclave) {}

  /**
   * @throws CommandException where a file is not what it should be
   */
  public Enclave read() throws IOException {
    byte[] text = Files.readAllBytes(manifest);
    GramineManifest parsed = ManifestFile.parse(manifest, text);
    if (!parsed.expanded()) {
      throw CommandException.usage(
          manifest + " is not expanded: files without hashes, or defaults not written out",
          "Run cofferdam sgx expand first, and ship what it wrote.");
    }
    try {
      EnclaveSettings settings = parsed.settings();
      PalImage image = PalImage.parse(Files.readAllBytes(pal));
      return new Enclave(
          parsed,
          settings,
          EnclaveMeasurement.mrEnclave(text, settings, image, RuntimeProfile.GRAMINE_1_9));
    } catch (ManifestException | IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.REFUSED, manifest + ": " + e.getMessage(), "Correct the manifest.", e);
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.REFUSED,
          pal + ": " + e.getMessage(),
          "Give the libpal.so of an SGX build of Gramine.",
          e);
    }
  }
}
