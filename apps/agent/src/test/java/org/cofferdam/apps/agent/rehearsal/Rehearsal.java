// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.agent.rehearsal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import org.cofferdam.services.guest.Agent;
import org.cofferdam.services.guest.Guest;
import org.cofferdam.services.guest.Refusal;
import org.cofferdam.services.guest.Status;
import org.cofferdam.services.guest.container.Programs;

/**
 * The whole agent on a stage: every part but the hardware, the broker and the containers is real.
 */
public final class Rehearsal {
  private static final String LAST_LINE = "\"step\":\"ready\"";

  private Rehearsal() {}

  public static void main(String[] arguments) throws Exception {
    run();
  }

  /**
   * Comes back when the agent would have its pod ready.
   *
   * @throws IOException where it did not get there
   */
  public static void run() throws IOException, GeneralSecurityException, InterruptedException {
    Path folder = Files.createTempDirectory("cofferdam-rehearsal");
    try (StageBroker broker = new StageBroker()) {
      Path disk = new StageDisk(folder).pack(broker.port(), broker.pin());
      Thread.ofPlatform().daemon().start(() -> play(broker));
      Guest guest =
          new Guest(
              new StageTpm(),
              new byte[0],
              disk,
              Files.size(disk),
              folder.resolve("memory"),
              "/",
              folder.resolve("hostname"),
              (container, line) -> {},
              command -> Programs.SYSTEM.start("true"));
      untilReady(guest);
    } finally {
      Programs.SYSTEM.run("rm", "-rf", folder.toString());
    }
  }

  private static void untilReady(Guest guest) throws IOException, InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    ByteArrayOutputStream lines =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            if (ready(this)) {
              end.countDown();
            }
          }
        };
    Agent agent = new Agent(guest, new Status(lines, () -> 0), new SecureRandom());
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    agent.run();
                  } catch (Refusal e) {
                    lines.writeBytes(e.sentence().getBytes(StandardCharsets.UTF_8));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } finally {
                    end.countDown();
                  }
                });
    end.await();
    thread.interrupt();
    thread.join();
    if (!ready(lines)) {
      throw new IOException("the rehearsal failed: " + lines.toString(StandardCharsets.UTF_8));
    }
  }

  private static boolean ready(ByteArrayOutputStream lines) {
    return lines.toString(StandardCharsets.UTF_8).contains(LAST_LINE);
  }

  private static void play(StageBroker broker) {
    try {
      broker.play();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
