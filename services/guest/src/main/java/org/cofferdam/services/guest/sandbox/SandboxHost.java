// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The outer process of a sandboxed run: starts the unit and its helpers in namespaces of their own,
 * and carries their traffic. It stands where the host stands, and is trusted with nothing. Its
 * children end when it does, since they watch their standard input.
 */
public final class SandboxHost {
  private static final long END_SECONDS = 5;

  private final SandboxFolder folder;
  private final boolean root;

  /**
   * @param root whether it runs as root, and so needs no user namespace
   */
  public SandboxHost(SandboxFolder folder, boolean root) {
    this.folder = folder;
    this.root = root;
  }

  /**
   * Runs until the unit has ended.
   *
   * @param java command that starts this program anew
   * @param brokerPort on the host's loopback
   * @param servicePort to listen on, on the host's loopback
   * @param unit arguments for the unit
   * @param helpers arguments for each helper
   */
  public void run(
      List<String> java,
      int brokerPort,
      int servicePort,
      List<String> unit,
      List<List<String>> helpers)
      throws IOException, InterruptedException {
    Relay.fromUnix(SandboxFolder.brokerSocket(), Relay.toTcp(brokerPort));
    List<Process> children = new ArrayList<>();
    Process main = start(java, unit, "unit.log");
    children.add(main);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(children)));
    for (List<String> helper : helpers) {
      children.add(start(java, helper, helper.getLast() + ".log"));
    }
    Relay.fromTcp(servicePort, Relay.toUnix(SandboxFolder.serviceSocket()));
    main.waitFor();
  }

  private Process start(List<String> java, List<String> arguments, String log) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--ipc",
                "--uts",
                "--net",
                "--mount-proc"));
    if (!root) {
      command.add("--map-root-user");
    }
    command.addAll(java);
    command.addAll(arguments);
    Path output = folder.folder().resolve(log);
    Files.deleteIfExists(output);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** Closes their input, gives them time to put their things away, and kills what is left. */
  private static void end(List<Process> children) {
    for (Process child : children) {
      try {
        child.getOutputStream().close();
      } catch (IOException e) {
        System.err.println("sandbox: " + e.getMessage());
      }
    }
    for (Process child : children) {
      try {
        if (!child.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          child.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        child.destroyForcibly();
      }
    }
  }
}
