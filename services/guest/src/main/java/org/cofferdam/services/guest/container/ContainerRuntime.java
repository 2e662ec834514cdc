// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferdam.services.guest.pod.Container;
import org.cofferdam.services.guest.pod.Image;
import org.cofferdam.services.guest.pod.Pod;

/** Starts and ends the containers of one pod with runc; everything lies in one folder in memory. */
public final class ContainerRuntime implements AutoCloseable {
  private final Path bundles;
  private final String state;
  private final String cgroup;
  private final LogSink logs;
  private final Programs programs;
  private final Mounts mounts;
  private final PodStorage storage;
  private final Map<String, Bundle> running = new LinkedHashMap<>();
  private int starts;

  /**
   * @param folder in memory, empty
   * @param cgroup under which each container gets its own, for example {@code /cofferdam}
   */
  public ContainerRuntime(Path folder, String cgroup, Pod pod, LogSink logs, Programs programs)
      throws IOException {
    this.bundles = Files.createDirectories(folder.resolve("containers"));
    this.state = folder.resolve("runc").toString();
    this.cgroup = cgroup;
    this.logs = logs;
    this.programs = programs;
    this.mounts = new Mounts(programs);
    this.storage = new PodStorage(folder, pod, mounts);
  }

  /** Unpacks an image whose digests were checked. */
  public void unpack(Image image) throws IOException {
    storage.unpack(image);
  }

  /** Starts a container; a restart begins with the image's files again, as everywhere. */
  public synchronized RunningContainer start(Container container, Secrets secrets)
      throws IOException {
    String id = container.name() + "-" + starts++;
    Bundle bundle =
        Bundle.create(bundles.resolve(id), container, storage, secrets, mounts, cgroup + "/" + id);
    running.put(id, bundle);
    Process process =
        programs.start("runc", "--root", state, "run", "--bundle", bundle.folder().toString(), id);
    return new RunningContainer(id, container.name(), process, logs);
  }

  /** Clears away what a container that has ended leaves. */
  public synchronized void remove(RunningContainer container) throws IOException {
    Bundle bundle = running.remove(container.id());
    if (bundle != null) {
      bundle.remove();
    }
  }

  /** Ends all containers and takes down what was mounted. */
  @Override
  public synchronized void close() throws IOException {
    for (Map.Entry<String, Bundle> entry : running.entrySet()) {
      programs.run("runc", "--root", state, "delete", "--force", entry.getKey());
      entry.getValue().remove();
    }
    running.clear();
    mounts.close();
  }
}
