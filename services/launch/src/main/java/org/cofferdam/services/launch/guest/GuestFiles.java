// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a guest in one folder, of the cache or of a run. QEMU is given exactly these.
 *
 * @param folder for example {@code RUN/guest}
 */
public record GuestFiles(Path folder) {
  public Path kernel() {
    return folder.resolve("vmlinuz");
  }

  public Path initrd() {
    return folder.resolve("initrd.img");
  }

  /** The root file system, erofs. */
  public Path root() {
    return folder.resolve("root.erofs");
  }

  /** The dm-verity hash tree of {@link #root()}. */
  public Path verity() {
    return folder.resolve("root.verity");
  }

  /** The kernel command line as text; holds the verity root hash. */
  public Path commandLine() {
    return folder.resolve("cmdline");
  }

  /** The firmware's read-only code. */
  public Path firmwareCode() {
    return folder.resolve("firmware.code.fd");
  }

  /** The firmware's variables as they are before the first boot. */
  public Path firmwareVariables() {
    return folder.resolve("firmware.vars.fd");
  }

  /** Command line without the line end. */
  public String readCommandLine() throws IOException {
    return Files.readString(commandLine()).strip();
  }
}
