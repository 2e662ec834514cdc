// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.disk.CpioArchive;

/**
 * The initial RAM disk: modules, {@code dmsetup} and a script that opens the verified root. It is
 * kept small because the firmware hashes every byte of it.
 */
final class GuestInitrd {
  private static final List<String> MODULES =
      List.of("virtio_pci", "virtio_blk", "dm_verity", "erofs");
  private static final String LIBRARIES = "lib/x86_64-linux-gnu/";
  private static final List<String> DMSETUP_LIBRARIES =
      List.of(
          "libc.so.6",
          "libdevmapper.so.1.02.1",
          "libm.so.6",
          "libpcre2-8.so.0",
          "libselinux.so.1",
          "libudev.so.1");

  private GuestInitrd() {}

  static byte[] build(Path unpacked, String init) throws IOException, LaunchException {
    CpioArchive archive = new CpioArchive();
    for (String folder :
        List.of(
            "bin",
            "dev",
            "lib",
            "lib64",
            "lib/x86_64-linux-gnu",
            "modules",
            "proc",
            "root",
            "sbin",
            "sys")) {
      archive.folder(folder);
    }
    archive.file("init", true, init.getBytes(StandardCharsets.UTF_8));
    archive.file("bin/busybox", true, Files.readAllBytes(unpacked.resolve("bin/busybox")));
    archive.file("sbin/dmsetup", true, Files.readAllBytes(unpacked.resolve("sbin/dmsetup")));
    archive.file(
        "lib64/ld-linux-x86-64.so.2",
        true,
        Files.readAllBytes(unpacked.resolve(LIBRARIES + "ld-linux-x86-64.so.2")));
    for (String library : DMSETUP_LIBRARIES) {
      archive.file(LIBRARIES + library, true, sharedLibrary(unpacked, library));
    }
    StringBuilder order = new StringBuilder();
    List<Path> modules = new KernelModules(GuestPackages.modules(unpacked)).inLoadOrder(MODULES);
    for (Path module : modules) {
      String name = module.getFileName().toString();
      archive.file("modules/" + name, false, Files.readAllBytes(module));
      order.append(name).append('\n');
    }
    archive.file("modules/order", false, order.toString().getBytes(StandardCharsets.UTF_8));
    return archive.finish();
  }

  /** Debian packages put libraries under either of two folders, which a system has merged. */
  static byte[] sharedLibrary(Path unpacked, String name) throws IOException {
    Path plain = unpacked.resolve(LIBRARIES + name);
    return Files.readAllBytes(
        Files.exists(plain) ? plain : unpacked.resolve("usr/" + LIBRARIES + name));
  }

  static List<String> modules() {
    return MODULES;
  }
}
