// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesTest {
  private static final Path DEV = Path.of("/dev");

  @TempDir Path sys;

  @Test
  void findsPortsAndDisksByTheNameTheHostGave() throws IOException {
    attribute("class/virtio-ports/vport1p1", "name", "other");
    attribute("class/virtio-ports/vport1p2", "name", "cofferdam.status");
    attribute("block/vda", "serial", "root");
    attribute("block/vdc", "serial", "pod");
    attribute("block/vdc", "size", "2048");
    Files.createDirectories(sys.resolve("block/dm-0"));
    Devices devices = new Devices(sys, DEV);
    assertThat(devices.port("cofferdam.status")).isEqualTo(Path.of("/dev/vport1p2"));
    assertThat(devices.disk("pod")).isEqualTo(Path.of("/dev/vdc"));
    assertThat(devices.diskBytes(Path.of("/dev/vdc"))).isEqualTo(2048 * 512);
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    attribute("block/vda", "serial", "root");
    assertThatThrownBy(() -> new Devices(sys, DEV).disk("pod"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("pod");
  }

  private void attribute(String device, String name, String value) throws IOException {
    Path folder = Files.createDirectories(sys.resolve(device));
    Files.writeString(folder.resolve(name), value + "\n");
  }
}
