// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.services.launch.LaunchException;

/**
 * The Debian packages that a guest is made of.
 *
 * @param files the package files, in a fixed order
 */
record GuestPackages(List<Path> files) {
  private static final String KERNEL = "linux-image-cloud-amd64";
  private static final List<String> NAMES =
      List.of(
          "busybox-static",
          "dmsetup",
          "libc6",
          "libdevmapper1.02.1",
          "libpcre2-8-0",
          "libseccomp2",
          "libselinux1",
          "libudev1",
          "runc");

  GuestPackages {
    files = List.copyOf(files);
  }

  static GuestPackages fetch(Path folder)
      throws IOException, InterruptedException, LaunchException {
    DebianPackages packages = new DebianPackages(folder);
    List<String> names = new ArrayList<>(NAMES);
    names.add(packages.kernelPackage(KERNEL));
    return new GuestPackages(packages.fetch(names));
  }

  /** All of them unpacked over each other. */
  void unpack(Path target) throws IOException, InterruptedException, LaunchException {
    for (Path file : files) {
      DebianPackages.unpack(file, target);
    }
  }

  static Path kernel(Path unpacked) throws IOException, LaunchException {
    return only(unpacked.resolve("boot"), "vmlinuz-");
  }

  static Path modules(Path unpacked) throws IOException, LaunchException {
    return only(unpacked.resolve("lib/modules"), "");
  }

  private static Path only(Path folder, String prefix) throws IOException, LaunchException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(p -> p.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow(
              () ->
                  new LaunchException(
                      "The kernel package holds no " + prefix + " file.",
                      "Remove the cache folder and try again."));
    }
  }
}
