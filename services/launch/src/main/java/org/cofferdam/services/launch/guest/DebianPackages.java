// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.Tool;
import org.cofferdam.services.launch.Trees;

/**
 * Debian packages as files, fetched once with {@code apt-get download} (which checks the archive's
 * signature) and only unpacked, never installed.
 */
final class DebianPackages {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Path folder;

  DebianPackages(Path folder) {
    this.folder = folder;
  }

  /** The package files, in the order of the names; missing ones are fetched. */
  List<Path> fetch(List<String> names) throws IOException, InterruptedException, LaunchException {
    Files.createDirectories(folder);
    List<String> wanted = new ArrayList<>();
    for (String name : names) {
      if (find(name).isEmpty()) {
        wanted.add(name);
      }
    }
    if (!wanted.isEmpty()) {
      download(wanted);
    }
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      files.add(
          find(name)
              .orElseThrow(
                  () ->
                      new LaunchException(
                          "apt-get did not deliver the package " + name + ".",
                          "Run apt-get update and try again.")));
    }
    return files;
  }

  /** The kernel package that the meta package stands for. */
  String kernelPackage(String metaPackage)
      throws IOException, InterruptedException, LaunchException {
    try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
      Optional<String> known =
          files
              .map(p -> p.getFileName().toString())
              .filter(n -> n.matches("linux-image-[0-9.]+-[0-9]+-cloud-amd64_.*\\.deb"))
              .map(n -> n.substring(0, n.indexOf('_')))
              .max(String::compareTo);
      if (known.isPresent()) {
        return known.get();
      }
    }
    String answer = Tool.run(Path.of("/"), LIMIT, List.of("apt-cache", "depends", metaPackage));
    return answer
        .lines()
        .map(String::strip)
        .filter(l -> l.startsWith("Depends: linux-image-"))
        .map(l -> l.substring("Depends: ".length()))
        .findFirst()
        .orElseThrow(
            () ->
                new LaunchException(
                    "apt knows no package " + metaPackage + ".", "Run apt-get update."));
  }

  /** Unpacks files of the package into {@code target}. */
  static void unpack(Path packageFile, Path target)
      throws IOException, InterruptedException, LaunchException {
    Files.createDirectories(target);
    Tool.run(target, LIMIT, List.of("dpkg-deb", "-x", packageFile.toString(), target.toString()));
  }

  private void download(List<String> names)
      throws IOException, InterruptedException, LaunchException {
    Path fresh = Files.createTempDirectory(folder, "fetch");
    try {
      List<String> command = new ArrayList<>(List.of("apt-get", "-q", "download"));
      command.addAll(names);
      Tool.run(fresh, LIMIT, command);
      try (Stream<Path> files = Files.list(fresh)) {
        for (Path file : files.toList()) {
          Files.move(
              file,
              folder.resolve(file.getFileName().toString()),
              StandardCopyOption.REPLACE_EXISTING,
              StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } finally {
      Trees.delete(fresh);
    }
  }

  private Optional<Path> find(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(p -> p.getFileName().toString().startsWith(name + "_"))
          .filter(p -> p.getFileName().toString().endsWith(".deb"))
          .max(Path::compareTo);
    }
  }
}
