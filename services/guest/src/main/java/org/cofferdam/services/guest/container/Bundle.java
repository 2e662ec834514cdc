// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.services.guest.pod.Container;
import org.cofferdam.services.guest.pod.SecretUse;

/**
 * The folder of one start of a container, in memory and for root only: {@code config.json}, a
 * writable layer over the image, secret files. It goes when the container has ended.
 */
final class Bundle {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final Mounts mounts;

  private Bundle(Path folder, Mounts mounts) {
    this.folder = folder;
    this.mounts = mounts;
  }

  /**
   * @param folder does not exist yet
   * @param cgroup of the container
   */
  static Bundle create(
      Path folder,
      Container container,
      PodStorage storage,
      Secrets secrets,
      Mounts mounts,
      String cgroup)
      throws IOException {
    Bundle bundle = new Bundle(Files.createDirectory(folder, OWNER_ONLY), mounts);
    Path upper = Files.createDirectory(folder.resolve("upper"));
    Path work = Files.createDirectory(folder.resolve("work"));
    Path root = Files.createDirectory(bundle.root());
    mounts.overlay(root, storage.image(container.image()), upper, work);
    List<String> env = new ArrayList<>(container.env());
    BundleConfig config = new BundleConfig(container);
    config.bind(storage.sharedMemory(), "/dev/shm", false);
    config.bind(storage.hosts(), "/etc/hosts", true);
    config.bind(storage.hostname(), "/etc/hostname", true);
    for (Container.Mount mount : container.mounts()) {
      config.bind(storage.volume(mount.volume()), mount.path(), mount.readOnly());
    }
    int files = 0;
    for (SecretUse use : container.secrets()) {
      switch (use) {
        case SecretUse.Variable variable ->
            env.add(variable.name() + "=" + secrets.text(variable.resource()));
        case SecretUse.SecretFile file -> {
          Path place = folder.resolve("secret-" + files++);
          write(secrets.get(file.resource()), place, file.mode(), container.user());
          config.bind(place, file.path(), true);
        }
      }
    }
    String json = config.build(root, env, cgroup).write();
    Files.write(folder.resolve("config.json"), json.getBytes(StandardCharsets.UTF_8));
    return bundle;
  }

  Path folder() {
    return folder;
  }

  void remove() throws IOException {
    mounts.unmount(root());
    new Tree(folder).removeChildren(folder);
    Files.delete(folder);
  }

  private Path root() {
    return folder.resolve("rootfs");
  }

  private static void write(SecretBytes secret, Path place, int mode, Container.User user)
      throws IOException {
    byte[] copy = secret.lend(byte[]::clone);
    try {
      Files.write(place, copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
    Files.setAttribute(place, "unix:uid", user.uid());
    Files.setAttribute(place, "unix:gid", user.gid());
    Files.setAttribute(place, "unix:mode", mode);
  }
}
