// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.agent;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds devices by the names that the host gave them: there is no udev in the guest. */
final class Devices {
  private static final int SECTOR = 512;

  private final Path sys;
  private final Path dev;

  Devices(Path sys, Path dev) {
    this.sys = sys;
    this.dev = dev;
  }

  static Devices system() {
    return new Devices(Path.of("/sys"), Path.of("/dev"));
  }

  /** The virtio-serial port of that name. */
  Path port(String name) throws IOException {
    return find(sys.resolve("class/virtio-ports"), "name", name);
  }

  /** The block device with that serial. */
  Path disk(String serial) throws IOException {
    return find(sys.resolve("block"), "serial", serial);
  }

  long diskBytes(Path disk) throws IOException {
    Path size = sys.resolve("block").resolve(disk.getFileName()).resolve("size");
    return SECTOR * Long.parseLong(Files.readString(size).strip());
  }

  private Path find(Path folder, String attribute, String value) throws IOException {
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(folder)) {
      for (Path device : devices) {
        Path file = device.resolve(attribute);
        if (Files.exists(file) && Files.readString(file).strip().equals(value)) {
          return dev.resolve(device.getFileName());
        }
      }
    }
    throw new FileNotFoundException("no device with " + attribute + " " + value);
  }
}
