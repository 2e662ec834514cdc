// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.Status;
import org.cofferdam.services.guest.container.LogSink;
import org.cofferdam.services.guest.container.Programs;
import org.cofferdam.services.guest.pod.Container;
import org.cofferdam.services.guest.pod.Pod;

/**
 * A container that stays outside of the unit, in namespaces of its own: its loopback leads to the
 * unit's ports through the attested channel. Nothing vouches for it and it gets no secrets.
 */
public final class Helper {
  private static final long PAUSE_MILLIS = 1000;

  private final SandboxFolder folder;
  private final String name;
  private final Status status;
  private final LogSink logs;
  private final InstantSource clock;
  private final SecureRandom random;

  public Helper(
      SandboxFolder folder,
      String name,
      Status status,
      LogSink logs,
      InstantSource clock,
      SecureRandom random) {
    this.folder = folder;
    this.name = name;
    this.status = status;
    this.logs = logs;
    this.clock = clock;
    this.random = random;
  }

  /** Starts the program again whenever it ends, as a Deployment has it. */
  public void run() throws IOException, InterruptedException {
    Programs.SYSTEM.run("ip", "link", "set", "lo", "up");
    Pod pod = pod(folder.helper(name));
    ChannelClient channel = ChannelClient.create(folder, clock, random, new FirstOfEach());
    for (Container inside : pod(folder.pod().resolve("request.json")).containers()) {
      for (int port : inside.ports()) {
        channel.stand(port);
      }
    }
    Identities identities = Identities.system();
    PrivateRoot root =
        PrivateRoot.mount(folder.folder().resolve("private-" + name), Programs.SYSTEM, identities);
    Container container = pod.containers().getFirst();
    SandboxImage.unpack(folder, container.image(), root);
    root.furnish(pod.containers());
    root.close(pod.containers());
    Programs.SYSTEM.run("hostname", pod.hostname());
    while (true) {
      SandboxedProgram.start(container, Map.of(), root.path(), identities, logs)
          .process()
          .waitFor();
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Tells the first acceptance and the first refusal; a helper connects again and again. */
  private final class FirstOfEach implements ChannelClient.Watch {
    private final AtomicBoolean attested = new AtomicBoolean();
    private final AtomicBoolean refused = new AtomicBoolean();

    @Override
    public void attested() {
      if (attested.compareAndSet(false, true)) {
        status.step("channel", "name", Json.of(name));
      }
    }

    @Override
    public void refused(String why) {
      if (refused.compareAndSet(false, true)) {
        status.step("channel-refused", "detail", Json.of(name + ": " + why));
      }
    }
  }

  private static Pod pod(Path document) throws IOException {
    return Pod.parse(Json.parse(Files.readAllBytes(document)).asObject("pod"));
  }
}
