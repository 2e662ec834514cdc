// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cofferdam.services.launch.LaunchException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelModulesTest {
  @TempDir private Path folder;

  @BeforeEach
  void modules() throws IOException {
    Files.createDirectories(folder.resolve("kernel/md"));
    module("kernel/md/dm-verity.ko", "dm-mod,dm-bufio");
    module("kernel/md/dm-bufio.ko", "dm-mod");
    module("kernel/md/dm-mod.ko", "");
    module("kernel/overlay.ko", "");
  }

  @Test
  void putsWhatAModuleNeedsBeforeIt() throws Exception {
    assertThat(new KernelModules(folder).inLoadOrder(List.of("overlay", "dm_verity")))
        .extracting(p -> p.getFileName().toString())
        .containsExactly("overlay.ko", "dm-mod.ko", "dm-bufio.ko", "dm-verity.ko");
  }

  @Test
  void saysWhichModuleIsMissing() throws IOException {
    KernelModules modules = new KernelModules(folder);
    assertThatExceptionOfType(LaunchException.class)
        .isThrownBy(() -> modules.inLoadOrder(List.of("9p")))
        .withMessageContaining("9p");
  }

  private void module(String name, String depends) throws IOException {
    String info = "\u007fELF...license=GPL\0depends=" + depends + "\0intree=Y\0";
    Files.write(folder.resolve(name), info.getBytes(StandardCharsets.ISO_8859_1));
  }
}
