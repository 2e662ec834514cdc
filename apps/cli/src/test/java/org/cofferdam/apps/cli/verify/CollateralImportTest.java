// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.cofferdam.apps.cli.Main;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestIntel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cofferdam collateral import}: what is there never goes back. */
class CollateralImportTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir private Path folder;
  private final byte[] older = new TestIntel(NOW, Hook.none()).collateral(true);
  private final byte[] newer = new TestIntel(NOW.plusSeconds(86_400), Hook.none()).collateral(true);
  private Path source;
  private Path target;

  @BeforeEach
  void folders() throws IOException {
    source = Files.createDirectories(folder.resolve("source"));
    target = Files.createDirectories(folder.resolve("target"));
  }

  private int importAll() {
    return Main.commandLine()
        .execute("collateral", "import", source.toString(), "--into", target.toString());
  }

  @Test
  void whatIsNewerTakesThePlaceOfWhatIsOlder() throws IOException {
    Files.write(target.resolve("intel.json"), older);
    Files.write(source.resolve("intel.json"), newer);
    assertThat(importAll()).isZero();
    assertThat(target.resolve("intel.json")).hasBinaryContent(newer);
  }

  @Test
  void whatIsOlderThanWhatIsThereIsRefused() throws IOException {
    Files.write(target.resolve("intel.json"), newer);
    Files.write(source.resolve("other.json"), older);
    assertThat(importAll()).isEqualTo(1);
    assertThat(target.resolve("other.json")).doesNotExist();
  }

  @Test
  void whatIsOlderThanWhatTheSameImportBroughtIsRefused() throws IOException {
    Files.write(source.resolve("a.json"), newer);
    Files.write(source.resolve("b.json"), older);
    assertThat(importAll()).isEqualTo(1);
    assertThat(target.resolve("a.json")).hasBinaryContent(newer);
    assertThat(target.resolve("b.json")).doesNotExist();
  }

  @Test
  void aFileAboutSomethingElseDoesNotTakeThePlaceOfOneThatIsThere() throws IOException {
    Files.write(target.resolve("intel.json"), newer);
    byte[] another =
        new TestIntel(NOW.plusSeconds(86_400), Hook.replace("tcb.fmspc", new byte[6]))
            .collateral(true);
    Files.write(source.resolve("intel.json"), another);
    assertThat(importAll()).isEqualTo(1);
    assertThat(target.resolve("intel.json")).hasBinaryContent(newer);
  }
}
