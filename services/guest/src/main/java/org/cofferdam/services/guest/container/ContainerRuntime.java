// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.pod.Blob;
import org.cofferdam.services.guest.pod.Container;
import org.cofferdam.services.guest.pod.Image;
import org.cofferdam.services.guest.pod.Pod;
import org.cofferdam.services.guest.pod.SecretUse;

/**
 * Starts the containers of one pod with runc. Everything lies in one folder in memory: {@code
 * images/} unpacked and shared, {@code volumes/}, and for each start of a container its bundle with
 * a writable layer and its secrets.
 */
public final class ContainerRuntime {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final String SHARED_MEMORY_SIZE = "64m";

  private final Path folder;
  private final String cgroup;
  private final LogSink logs;
  private final Map<String, Path> roots = new LinkedHashMap<>();
  private final Map<String, Path> volumes = new LinkedHashMap<>();
  private final Path sharedMemory;
  private final Path hosts;
  private final Path hostname;
  private final List<String> started = new ArrayList<>();

  /**
   * @param folder in memory, empty
   * @param cgroup under which each container gets its own, for example {@code /cofferdam}
   */
  public ContainerRuntime(Path folder, String cgroup, Pod pod, LogSink logs) throws IOException {
    this.folder = folder;
    this.cgroup = cgroup;
    this.logs = logs;
    for (Pod.Volume volume : pod.volumes()) {
      Path place = Files.createDirectories(folder.resolve("volumes").resolve(volume.name()));
      if (volume.sizeBytes() > 0) {
        mount("tmpfs", place, "size=" + volume.sizeBytes() + ",mode=0777,nosuid,nodev");
      } else {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
      }
      volumes.put(volume.name(), place);
    }
    this.sharedMemory = Files.createDirectories(folder.resolve("shm"));
    mount("tmpfs", sharedMemory, "size=" + SHARED_MEMORY_SIZE + ",mode=1777,nosuid,nodev,noexec");
    this.hosts =
        Files.writeString(
            folder.resolve("hosts"),
            "127.0.0.1\tlocalhost\n::1\tlocalhost\n127.0.0.1\t" + pod.hostname() + "\n");
    this.hostname = Files.writeString(folder.resolve("hostname"), pod.hostname() + "\n");
  }

  /** Unpacks an image whose digests were checked; the blobs are not needed afterwards. */
  public void unpack(Image image) throws IOException {
    Path root = Files.createDirectories(folder.resolve("images").resolve(image.named()));
    LayerUnpacker unpacker = new LayerUnpacker(root, true);
    for (Blob layer : image.layers()) {
      if (layer == null) {
        throw new IllegalStateException("the image is not complete");
      }
      unpacker.unpack(layer.file());
    }
    roots.put(image.named(), root);
  }

  /** Starts a container; a restart begins with the image's files again, as everywhere. */
  public RunningContainer start(Container container, Secrets secrets) throws IOException {
    String id = container.name() + "-" + started.size();
    Path bundle = folder.resolve("containers").resolve(id);
    Files.createDirectories(folder.resolve("containers"));
    Files.createDirectory(bundle, PRIVATE);
    Path root = writableRoot(container, bundle);
    List<String> env = new ArrayList<>(container.env());
    Path secretFolder = Files.createDirectory(bundle.resolve("secrets"), PRIVATE);
    List<SecretUse.SecretFile> files = new ArrayList<>();
    for (SecretUse use : container.secrets()) {
      switch (use) {
        case SecretUse.Variable variable ->
            env.add(variable.name() + "=" + secrets.text(variable.resource()));
        case SecretUse.SecretFile file -> files.add(file);
      }
    }
    BundleConfig config = new BundleConfig(container, env);
    config.bind(sharedMemory, "/dev/shm", false);
    config.bind(hosts, "/etc/hosts", true);
    config.bind(hostname, "/etc/hostname", true);
    for (Container.Mount mount : container.mounts()) {
      Path volume = volumes.get(mount.volume());
      if (volume == null) {
        throw new IllegalStateException("no such volume: " + mount.volume());
      }
      config.bind(volume, mount.path(), mount.readOnly());
    }
    for (SecretUse.SecretFile file : files) {
      Path place = secretFolder.resolve(Integer.toString(files.indexOf(file)));
      write(secrets.get(file.resource()), place, file.mode(), container.user());
      config.bind(place, file.path(), true);
    }
    Json json = config.build(root, cgroup + "/" + id);
    Files.write(
        bundle.resolve("config.json"),
        json.write().getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE_NEW);
    Process process =
        new ProcessBuilder("runc", "--root", state(), "run", "--bundle", bundle.toString(), id)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    started.add(id);
    return new RunningContainer(container.name(), process, logs);
  }

  /** Ends all containers. */
  public void kill() throws IOException {
    for (String id : started) {
      Tool.run("runc", "--root", state(), "delete", "--force", id);
    }
    started.clear();
  }

  private String state() {
    return folder.resolve("runc").toString();
  }

  /** The image below, a layer of the container's own on top. */
  private Path writableRoot(Container container, Path bundle) throws IOException {
    Path lower = roots.get(container.image());
    if (lower == null) {
      throw new IllegalStateException("the image was not unpacked: " + container.image());
    }
    Path upper = Files.createDirectory(bundle.resolve("upper"));
    Path work = Files.createDirectory(bundle.resolve("work"));
    Path root = Files.createDirectory(bundle.resolve("rootfs"));
    mount("overlay", root, "lowerdir=" + lower + ",upperdir=" + upper + ",workdir=" + work);
    return root;
  }

  private static void write(SecretBytes secret, Path place, int mode, Container.User user)
      throws IOException {
    Files.createFile(
        place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
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

  private static void mount(String type, Path place, String options) throws IOException {
    Tool.run("mount", "-t", type, "-o", options, type, place.toString());
  }
}
