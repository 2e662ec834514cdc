// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.services.launch.LaunchException;

/** Lays out the files of the verified root: run-time image, agent, runc, a shell. */
final class GuestRoot {
  private static final List<String> MODULES = List.of("virtio_console", "virtio_net", "overlay");
  private static final String LIBRARIES = "lib/x86_64-linux-gnu/";
  private static final List<String> LIBRARY_FILES =
      List.of(
          "libc.so.6",
          "libdl.so.2",
          "libm.so.6",
          "libpthread.so.0",
          "librt.so.1",
          "libseccomp.so.2");

  /** What the agent and the first script call by name. */
  private static final List<String> COMMANDS = List.of("mount", "sh", "umount");

  private GuestRoot() {}

  /**
   * Everything but run-time image and agent.
   *
   * @param root an empty folder
   */
  static void lay(Path unpacked, Path root, String init) throws IOException, LaunchException {
    for (String folder :
        List.of(
            "agent/lib",
            "bin",
            "dev",
            "etc",
            "lib64",
            LIBRARIES,
            "modules",
            "proc",
            "run",
            "sbin",
            "sys",
            "tmp")) {
      Files.createDirectories(root.resolve(folder));
    }
    Files.writeString(root.resolve("init"), init);
    Files.copy(unpacked.resolve("bin/busybox"), root.resolve("bin/busybox"));
    for (String command : COMMANDS) {
      Files.createSymbolicLink(root.resolve("bin").resolve(command), Path.of("busybox"));
    }
    Files.copy(unpacked.resolve("usr/sbin/runc"), root.resolve("sbin/runc"));
    Files.write(
        root.resolve("lib64/ld-linux-x86-64.so.2"),
        GuestInitrd.sharedLibrary(unpacked, "ld-linux-x86-64.so.2"));
    for (String library : LIBRARY_FILES) {
      Files.write(root.resolve(LIBRARIES + library), GuestInitrd.sharedLibrary(unpacked, library));
    }
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/run:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), "root:x:0:\n");
    Files.writeString(root.resolve("etc/hosts"), "127.0.0.1 localhost\n");
    modules(unpacked, root.resolve("modules"));
  }

  /** Permissions and times that do not depend on who built it and when. */
  static void normalize(Path root) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.sorted().toList();
    }
    for (Path path : paths) {
      if (Files.isSymbolicLink(path)) {
        continue;
      }
      boolean executable =
          Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || isProgram(root.relativize(path));
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
      Files.setLastModifiedTime(path, FileTime.fromMillis(0));
    }
  }

  private static boolean isProgram(Path relative) {
    String name = relative.toString();
    return name.equals("init")
        || name.startsWith("bin/")
        || name.startsWith("sbin/")
        || name.startsWith("lib64/")
        || name.startsWith("jre/bin/")
        || name.equals("jre/lib/jspawnhelper")
        || name.equals("jre/lib/jexec");
  }

  private static void modules(Path unpacked, Path target) throws IOException, LaunchException {
    KernelModules all = new KernelModules(GuestPackages.modules(unpacked));
    List<Path> loadedBefore = all.inLoadOrder(GuestInitrd.modules());
    List<String> order = new ArrayList<>();
    for (Path module : all.inLoadOrder(MODULES)) {
      if (!loadedBefore.contains(module)) {
        String name = module.getFileName().toString();
        Files.copy(module, target.resolve(name));
        order.add(name);
      }
    }
    Files.writeString(
        target.resolve("order"), String.join("\n", order) + "\n", StandardCharsets.UTF_8);
  }
}
