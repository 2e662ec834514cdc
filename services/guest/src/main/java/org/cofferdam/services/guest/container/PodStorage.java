// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferdam.services.guest.pod.Blob;
import org.cofferdam.services.guest.pod.Image;
import org.cofferdam.services.guest.pod.Pod;

/** What the containers of a pod share, all in memory: images unpacked once, volumes, host name. */
final class PodStorage {
  private static final long SHARED_MEMORY_BYTES = 64 << 20;

  private final Path folder;
  private final Map<String, Path> images = new LinkedHashMap<>();
  private final Map<String, Path> volumes = new LinkedHashMap<>();
  private final Path sharedMemory;
  private final Path hosts;
  private final Path hostname;

  /**
   * @param folder an empty one
   */
  PodStorage(Path folder, Pod pod, Mounts mounts) throws IOException {
    this.folder = folder;
    for (Pod.Volume volume : pod.volumes()) {
      Path place = Files.createDirectories(folder.resolve("volumes").resolve(volume.name()));
      if (volume.sizeBytes() > 0) {
        mounts.memory(place, volume.sizeBytes(), "mode=0777,nosuid,nodev");
      } else {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
      }
      volumes.put(volume.name(), place);
    }
    this.sharedMemory = Files.createDirectories(folder.resolve("shm"));
    mounts.memory(sharedMemory, SHARED_MEMORY_BYTES, "mode=1777,nosuid,nodev,noexec");
    this.hosts =
        Files.writeString(
            folder.resolve("hosts"),
            "127.0.0.1\tlocalhost\n::1\tlocalhost\n127.0.0.1\t" + pod.hostname() + "\n");
    this.hostname = Files.writeString(folder.resolve("hostname"), pod.hostname() + "\n");
  }

  /** Unpacks an image whose digests were checked; its blobs are not needed afterwards. */
  void unpack(Image image) throws IOException {
    Path root = Files.createDirectories(folder.resolve("images").resolve(image.named()));
    LayerUnpacker unpacker = new LayerUnpacker(root);
    for (Blob layer : image.layers()) {
      if (layer == null) {
        throw new IllegalStateException("the image is not complete");
      }
      unpacker.unpack(layer.file());
    }
    images.put(image.named(), root);
  }

  /** Root of an unpacked image; nobody writes to it. */
  Path image(String named) {
    return there(images, named);
  }

  Path volume(String name) {
    return there(volumes, name);
  }

  /** For {@code /dev/shm}. */
  Path sharedMemory() {
    return sharedMemory;
  }

  /** For {@code /etc/hosts}. */
  Path hosts() {
    return hosts;
  }

  /** For {@code /etc/hostname}. */
  Path hostname() {
    return hostname;
  }

  private static Path there(Map<String, Path> places, String name) {
    Path place = places.get(name);
    if (place == null) {
      throw new IllegalStateException("nothing was made for " + name);
    }
    return place;
  }
}
