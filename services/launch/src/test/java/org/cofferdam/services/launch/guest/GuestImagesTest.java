// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.Progress;
import org.cofferdam.services.launch.machine.Machine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class GuestImagesTest {
  @Test
  void twoBuildsGiveTheSameBytes(@TempDir Path folder) throws Exception {
    assumeTrue(Machine.missing().isEmpty(), "erofs-utils or ovmf is not installed");
    GuestRecipe recipe =
        new GuestRecipe(
            List.of(),
            "java.lang.Object",
            List.of("java.base"),
            Resources.text("agent.classes").lines().toList());
    Home first = new Home(folder.resolve("first"));
    Home second = new Home(folder.resolve("a-second-folder"));
    GuestFiles one = new GuestImages(first).get(recipe, Progress.NONE);
    Files.createDirectories(second.cache());
    Files.move(first.cache().resolve("packages"), second.cache().resolve("packages"));
    GuestFiles two = new GuestImages(second).get(recipe, Progress.NONE);
    assertThat(digests(two)).hasSize(7).isEqualTo(digests(one));
  }

  private static List<String> digests(GuestFiles guest) throws IOException {
    try (Stream<Path> files = Files.list(guest.folder())) {
      return files.sorted().map(GuestImagesTest::line).toList();
    }
  }

  private static String line(Path file) {
    try {
      return file.getFileName() + " " + Hex.encode(Digests.sha256(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
