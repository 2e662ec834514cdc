// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.Tool;

/**
 * The development authority that stands in for a TPM vendor: it signs the endorsement keys of
 * software TPMs of this home folder. {@code swtpm_localca} makes its keys at the first use.
 */
public final class TpmAuthority {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path folder;

  public TpmAuthority(Home home) {
    this.folder = home.tpmAuthority().toAbsolutePath();
  }

  /** Root certificate, PEM; there after the first TPM was made. */
  public Path rootCertificate() {
    return folder.resolve("swtpm-localca-rootca-cert.pem");
  }

  /** Certificate of the key that signs endorsement keys, PEM. */
  public Path issuerCertificate() {
    return folder.resolve("issuercert.pem");
  }

  /** Makes a TPM with an endorsement key and its certificate in {@code state}. */
  public void manufacture(Path state) throws IOException, InterruptedException, LaunchException {
    Files.createDirectories(folder);
    Files.createDirectories(state);
    Path options = folder.resolve("localca.options");
    Files.writeString(
        options,
        "--platform-manufacturer Cofferdam\n--platform-version 1\n--platform-model Development\n");
    Path localca = folder.resolve("localca.conf");
    Files.writeString(
        localca,
        String.join(
            "\n",
            "statedir = " + folder,
            "signingkey = " + folder.resolve("signkey.pem"),
            "issuercert = " + issuerCertificate(),
            "certserial = " + folder.resolve("certserial"),
            ""));
    Path setup = folder.resolve("setup.conf");
    Files.writeString(
        setup,
        String.join(
            "\n",
            "create_certs_tool = /usr/bin/swtpm_localca",
            "create_certs_tool_config = " + localca,
            "create_certs_tool_options = " + options,
            "active_pcr_banks = sha256",
            ""));
    Tool.run(
        state,
        LIMIT,
        List.of(
            "swtpm_setup",
            "--tpm2",
            "--tpmstate",
            state.toAbsolutePath().toString(),
            "--config",
            setup.toString(),
            "--create-ek-cert",
            "--pcr-banks",
            "sha256",
            "--overwrite"));
  }
}
