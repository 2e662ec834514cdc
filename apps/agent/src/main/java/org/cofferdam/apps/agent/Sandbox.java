// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.cofferdam.services.guest.Refusal;
import org.cofferdam.services.guest.Status;
import org.cofferdam.services.guest.sandbox.Helper;
import org.cofferdam.services.guest.sandbox.SandboxFolder;
import org.cofferdam.services.guest.sandbox.SandboxHost;
import org.cofferdam.services.guest.sandbox.Unit;

/**
 * Entry point of the development sandbox's processes, which all work in {@code RUN/unit}:
 *
 * <pre>
 * host RUN DEVICE
 * unit RUN DEVICE
 * helper RUN NAME
 * </pre>
 *
 * Each waits for a line on its standard input before it touches the run's files. Units and helpers
 * end when their input does.
 */
public final class Sandbox {
  private static final long BEGUN = System.nanoTime();

  private Sandbox() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    SandboxFolder folder = new SandboxFolder(Path.of(arguments[1]));
    switch (arguments[0]) {
      case "host" -> host(folder, arguments);
      case "unit" -> unit(folder, Path.of(arguments[2]));
      case "helper" -> helper(folder, arguments[2]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    // Relays and channels have threads of their own.
    System.exit(0);
  }

  private static void host(SandboxFolder folder, String[] arguments)
      throws IOException, InterruptedException {
    new SandboxHost(folder, "root".equals(System.getProperty("user.name")))
        .run(java(), List.of("unit", arguments[1], arguments[2]), System.in);
  }

  private static void helper(SandboxFolder folder, String name)
      throws IOException, InterruptedException {
    awaitWord();
    endWithInput(() -> {});
    try (OutputStream out = append(folder.status())) {
      Status status = new Status(out, Sandbox::millis);
      new Helper(
              folder,
              name,
              status,
              new LogPort(folder.log()),
              InstantSource.system(),
              new SecureRandom())
          .run();
    }
  }

  private static void unit(SandboxFolder folder, Path device)
      throws IOException, InterruptedException {
    Unit.warmUp(new SecureRandom());
    awaitWord();
    try (OutputStream out = append(folder.status())) {
      Status status = new Status(out, Sandbox::millis);
      status.step("loader");
      Unit unit =
          new Unit(
              folder,
              device,
              status,
              new LogPort(folder.log()),
              InstantSource.system(),
              new SecureRandom());
      endWithInput(unit::seal);
      try {
        unit.run();
      } catch (Refusal e) {
        status.refused(e.code(), e.sentence());
      } catch (RuntimeException e) {
        status.refused("fault", "The loader failed: " + e + ".");
        throw e;
      }
    }
  }

  private static void awaitWord() throws IOException {
    if (System.in.read() < 0) {
      System.exit(0);
    }
  }

  /** Whoever started this process holds the other end of its input as long as it lives. */
  private static void endWithInput(Runnable before) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                System.err.println("sandbox: " + e.getMessage());
              }
              try {
                before.run();
              } finally {
                Runtime.getRuntime().halt(0);
              }
            });
  }

  /** The command of this process without its arguments. */
  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-XX:TieredStopAtLevel=1",
        "-Xmx192m",
        "-cp",
        System.getProperty("java.class.path"),
        Sandbox.class.getName());
  }

  private static long millis() {
    return (System.nanoTime() - BEGUN) / 1_000_000;
  }

  private static OutputStream append(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
