// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real software TPM with an EK certificate from a CA of its own, listening on a Unix socket. */
public final class Swtpm implements AutoCloseable {
  private final Path folder;
  private final Process process;

  private Swtpm(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** Makes the TPM at the first call in that folder; each start begins with all PCRs at zero. */
  public static Swtpm start(Path folder) throws IOException, InterruptedException {
    for (String tool : new String[] {"swtpm", "swtpm_setup", "swtpm_localca"}) {
      Assumptions.assumeTrue(
          Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
    }
    Path state = folder.resolve("state");
    if (!Files.exists(state)) {
      manufacture(folder, state);
    }
    Files.deleteIfExists(folder.resolve("tpm.sock"));
    Process process =
        new ProcessBuilder(
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + state,
                "--server",
                "type=unixio,path=" + folder.resolve("tpm.sock"),
                "--flags",
                "startup-clear",
                "--seccomp",
                "action=none")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("swtpm.log").toFile())
            .start();
    Swtpm swtpm = new Swtpm(folder, process);
    for (int i = 0; i < 500 && !Files.exists(folder.resolve("tpm.sock")); i++) {
      Thread.sleep(10);
    }
    return swtpm;
  }

  private static void manufacture(Path folder, Path state)
      throws IOException, InterruptedException {
    Path ca = Files.createDirectories(folder.resolve("ca"));
    Path localca = folder.resolve("localca.conf");
    Files.writeString(
        localca,
        "statedir = %s%nsigningkey = %s/signkey.pem%nissuercert = %s/issuercert.pem%ncertserial = %s/serial%n"
            .formatted(ca, ca, ca, ca));
    Path options = Files.writeString(folder.resolve("localca.options"), "");
    Path setup = folder.resolve("setup.conf");
    Files.writeString(
        setup,
        "create_certs_tool = /usr/bin/swtpm_localca%ncreate_certs_tool_config = %s%ncreate_certs_tool_options = %s%n"
            .formatted(localca, options));
    Files.createDirectories(state);
    Process setupRun =
        new ProcessBuilder(
                "swtpm_setup",
                "--tpm2",
                "--tpmstate",
                state.toString(),
                "--config",
                setup.toString(),
                "--create-ek-cert",
                "--pcr-banks",
                "sha256",
                "--overwrite")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("setup.log").toFile())
            .start();
    if (!setupRun.waitFor(60, TimeUnit.SECONDS) || setupRun.exitValue() != 0) {
      throw new IOException("swtpm_setup failed: " + Files.readString(folder.resolve("setup.log")));
    }
  }

  public TpmTransport connect() throws IOException {
    return ChannelTransport.unix(folder.resolve("tpm.sock"));
  }

  /** Certificates of the CA that signed the EK certificate. */
  public Path ca() {
    return folder.resolve("ca");
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
