// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.Status;
import org.cofferdam.services.guest.pod.Container;
import org.cofferdam.services.guest.pod.Pod;

/**
 * The life of a pod: init containers one after the other until each has succeeded, then all main
 * containers, each started again with growing pauses when it ends, as a Deployment has it.
 */
public final class PodRunner {
  private static final long FIRST_PAUSE_MILLIS = 1000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final long LOOK_MILLIS = 50;

  private final ContainerRuntime runtime;
  private final Secrets secrets;
  private final Status status;

  public PodRunner(ContainerRuntime runtime, Secrets secrets, Status status) {
    this.runtime = runtime;
    this.secrets = secrets;
    this.status = status;
  }

  /** Does not come back while the pod lives, which is until the thread is interrupted. */
  public void run(Pod pod) throws IOException, InterruptedException {
    for (Container container : pod.initContainers()) {
      long pause = FIRST_PAUSE_MILLIS;
      for (int code = runOnce(container); code != 0; code = runOnce(container)) {
        pause = pause(container, code, pause);
      }
      status.step("init-container", "name", Json.of(container.name()));
    }
    List<Thread> keepers = new ArrayList<>();
    for (Container container : pod.containers()) {
      RunningContainer running = runtime.start(container, secrets);
      status.step("container", "name", Json.of(container.name()));
      keepers.add(Thread.ofVirtual().name(container.name()).start(() -> keep(container, running)));
    }
    try {
      awaitService(pod);
      status.ready();
      for (Thread keeper : keepers) {
        keeper.join();
      }
    } finally {
      keepers.forEach(Thread::interrupt);
    }
  }

  private int runOnce(Container container) throws IOException, InterruptedException {
    RunningContainer running = runtime.start(container, secrets);
    int code = running.await();
    runtime.remove(running);
    return code;
  }

  private void keep(Container container, RunningContainer first) {
    try {
      RunningContainer running = first;
      long pause = FIRST_PAUSE_MILLIS;
      while (true) {
        int code = running.await();
        runtime.remove(running);
        pause = pause(container, code, pause);
        running = runtime.start(container, secrets);
      }
    } catch (IOException e) {
      status.step("container-lost", "detail", Json.of(container.name() + ": " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The pod is ready when the first port that a main container names is listened on. */
  private static void awaitService(Pod pod) throws IOException, InterruptedException {
    ListeningPorts ports = ListeningPorts.system();
    for (Container container : pod.containers()) {
      if (!container.ports().isEmpty()) {
        int port = container.ports().getFirst();
        while (!ports.listening(port)) {
          Thread.sleep(LOOK_MILLIS);
        }
        return;
      }
    }
  }

  private long pause(Container container, int code, long millis) throws InterruptedException {
    status.step("container-ended", "detail", Json.of(container.name() + " ended with " + code));
    Thread.sleep(millis);
    return Math.min(2 * millis, LONGEST_PAUSE_MILLIS);
  }
}
