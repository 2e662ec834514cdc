// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.services.guest.container.LayerUnpacker;
import org.cofferdam.services.guest.container.Programs;
import org.cofferdam.services.guest.container.Tree;
import org.cofferdam.services.guest.pod.Container;

/**
 * The root of a sandboxed process: an image unpacked into memory that only this mount namespace
 * has, with volumes and devices mounted into it.
 */
final class PrivateRoot {
  private static final List<String> DEVICES = List.of("null", "zero", "full", "random", "urandom");
  private static final String OPEN_FOLDER = "rwxrwxrwx";

  private final Path memory;
  private final Path root;
  private final Programs programs;
  private final Identities identities;
  private final Map<String, Path> volumes = new LinkedHashMap<>();

  private PrivateRoot(Path memory, Programs programs, Identities identities) {
    this.memory = memory;
    this.root = memory.resolve("root");
    this.programs = programs;
    this.identities = identities;
  }

  /**
   * @param place an empty folder
   */
  static PrivateRoot mount(Path place, Programs programs, Identities identities)
      throws IOException {
    Files.createDirectories(place);
    programs.run("mount", "-t", "tmpfs", "-o", "mode=0700", "cofferdam", place.toString());
    Path memory = Files.createDirectory(place.resolve("memory"));
    // The program's user goes through here; what lies above stays closed.
    PrivateRoot made = new PrivateRoot(memory, programs, identities);
    Files.createDirectory(made.root);
    programs.run("mount", "-t", "tmpfs", "-o", "mode=0755", "cofferdam", made.root.toString());
    return made;
  }

  Path path() {
    return root;
  }

  void unpack(Path layer) throws IOException {
    new LayerUnpacker(root).unpack(layer);
  }

  /** Sorted by path as {@link String#compareTo} does, without the root itself. */
  List<Path> entries() throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(p -> !p.equals(root))
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    }
  }

  /** A volume of its own, in this memory. */
  Path volume(String name) throws IOException {
    Path there = volumes.get(name);
    if (there == null) {
      there = Files.createDirectories(memory.resolve("volumes").resolve(name));
      Files.setPosixFilePermissions(there, PosixFilePermissions.fromString(OPEN_FOLDER));
      volumes.put(name, there);
    }
    return there;
  }

  /** Mounts what the container has beside its image, and closes the root where it is read-only. */
  void furnish(List<Container> containers) throws IOException {
    folder("/proc");
    Path dev = folder("/dev");
    programs.run("mount", "-t", "tmpfs", "-o", "mode=0755", "cofferdam", dev.toString());
    for (String device : DEVICES) {
      Path place = Files.createFile(dev.resolve(device));
      programs.run("mount", "--bind", "/dev/" + device, place.toString());
    }
    for (Container container : containers) {
      for (Container.Mount mount : container.mounts()) {
        Path place = folder(mount.path());
        programs.run("mount", "--bind", volume(mount.volume()).toString(), place.toString());
      }
    }
  }

  /** Nothing can be changed any more, where every container wants it so. */
  void close(List<Container> containers) throws IOException {
    if (containers.stream().allMatch(Container::readOnlyRoot)) {
      programs.run("mount", "-o", "remount,bind,ro", root.toString());
    }
  }

  /** A file with a secret, for one user. */
  void secret(String path, SecretBytes secret, int mode, Container.User user) throws IOException {
    Tree tree = new Tree(root);
    Path place = tree.place(path.substring(1));
    tree.makeParents(place);
    byte[] copy = secret.lend(byte[]::clone);
    try {
      Files.write(place, copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
    identities.own(place, user);
    Files.setAttribute(place, "unix:mode", mode);
  }

  private Path folder(String path) throws IOException {
    Tree tree = new Tree(root);
    Path place = tree.place(path.substring(1));
    tree.makeParents(place);
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(place);
      Files.setAttribute(place, "unix:mode", 0755);
    }
    return place;
  }
}
