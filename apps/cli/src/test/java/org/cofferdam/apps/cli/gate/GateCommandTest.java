// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.cofferdam.apps.cli.Main;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestAmd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command runs behind accepted evidence, and behind nothing else. */
class GateCommandTest {
  private final TestAmd amd =
      new TestAmd(
          TestAmd.Keys.generate(),
          new TestAmd.Machine("Genoa", 5, false),
          Instant.now().minusSeconds(3600),
          Hook.none());

  @TempDir Path folder;

  private int gate(String policy, String... command) throws Exception {
    Path evidence =
        Files.writeString(folder.resolve("evidence.json"), amd.json(new byte[64], new byte[48]));
    Path root = Files.write(folder.resolve("root.der"), amd.rootCertificate());
    String[] all = new String[6 + command.length];
    System.arraycopy(
        new String[] {
          "gate", evidence.toString(), "--policy", policy, "--trust-anchor=" + root, "--"
        },
        0,
        all,
        0,
        6);
    System.arraycopy(command, 0, all, 6, command.length);
    return Main.commandLine().execute(all);
  }

  @Test
  void theExitCodeIsTheCommands() throws Exception {
    assertThat(gate("genuine", "sh", "-c", "exit 7")).isEqualTo(7);
    assertThat(gate("genuine", "true")).isZero();
  }

  @Test
  void whatIsNotAcceptedRunsNothing() throws Exception {
    Path trace = folder.resolve("trace");
    assertThat(gate("release", "touch", trace.toString())).isEqualTo(125);
    assertThat(trace).doesNotExist();
    assertThat(
            Main.commandLine()
                .execute(
                    "gate", "no-such-file", "--policy", "genuine", "--", "touch", trace.toString()))
        .isIn(2, 125);
    assertThat(trace).doesNotExist();
  }
}
