// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.Progress;
import org.cofferdam.services.launch.Tool;

/** The Debian machine that launches guests: what it lacks, and how to install it. */
public final class Machine {
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(15);

  private record Part(String file, Need need) {}

  private static final List<Part> PARTS =
      List.of(
          new Part(
              "/usr/bin/qemu-system-x86_64",
              new Need("qemu-system-x86", "runs the pod's virtual machine")),
          new Part(
              "/usr/share/OVMF/OVMF_CODE_4M.fd",
              new Need("ovmf", "UEFI firmware that measures what it boots")),
          new Part("/usr/bin/swtpm", new Need("swtpm", "TPM 2.0 in software")),
          new Part(
              "/usr/bin/swtpm_setup",
              new Need("swtpm-tools", "gives the TPM its endorsement key and certificate")),
          new Part(
              "/usr/bin/mkfs.erofs",
              new Need("erofs-utils", "makes the guest's read-only root file system")));

  private Machine() {}

  /** What a pod's virtual machine needs and this machine lacks. */
  public static List<Need> missing() {
    List<Need> missing = new ArrayList<>();
    for (Part part : PARTS) {
      if (!Files.exists(Path.of(part.file()))) {
        missing.add(part.need());
      }
    }
    return missing;
  }

  /**
   * Installs Debian packages; says so to {@code progress} before it does.
   *
   * @throws LaunchException where this user may not, or a package cannot be had
   */
  public static void install(List<Need> needs, Progress progress)
      throws IOException, InterruptedException, LaunchException {
    if (needs.isEmpty()) {
      return;
    }
    for (Need need : needs) {
      progress.note("installing " + need.packageName() + ": " + need.why());
    }
    Map<String, String> environment = Map.of("DEBIAN_FRONTEND", "noninteractive");
    long start = System.nanoTime();
    Tool.run(Path.of("/"), INSTALL_LIMIT, environment, asRoot(List.of("apt-get", "-q", "update")));
    List<String> command =
        new ArrayList<>(List.of("apt-get", "-q", "install", "-y", "--no-install-recommends"));
    needs.forEach(need -> command.add(need.packageName()));
    Tool.run(Path.of("/"), INSTALL_LIMIT, environment, asRoot(command));
    progress.step("install", Duration.ofNanos(System.nanoTime() - start));
  }

  private static List<String> asRoot(List<String> command) throws IOException, LaunchException {
    if (Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0) {
      return command;
    }
    if (!Files.isExecutable(Path.of("/usr/bin/sudo"))) {
      throw new LaunchException(
          "Debian packages are missing and only root may install them.",
          "Run as root: apt-get install -y --no-install-recommends "
              + String.join(" ", missing().stream().map(Need::packageName).toList()));
    }
    List<String> all = new ArrayList<>(List.of("sudo", "-n", "-E"));
    all.addAll(command);
    return all;
  }
}
