// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
   * Starts the unit's process, waits for the word to go, and runs until the unit has ended. Nothing
   * of the launch folder is read before that word.
   *
   * @param java command that starts this program anew
   * @param unit arguments for the unit
   * @param orders where the word comes from: one line with the broker's port, the port to listen
   *     on, both on loopback, and the names of the helpers, with blanks between them
   */
  public void run(List<String> java, List<String> unit, InputStream orders)
      throws IOException, InterruptedException {
    List<Process> children = new ArrayList<>();
    Process main = start(java, unit, "unit.log");
    children.add(main);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(children)));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(orders, StandardCharsets.UTF_8));
    String line = lines.readLine();
    if (line == null) {
      return;
    }
    String[] words = line.split(" ", -1);
    Relay.fromUnix(SandboxFolder.brokerSocket(), Relay.toTcp(Integer.parseInt(words[0])));
    go(main);
    for (String helper : Arrays.asList(words).subList(2, words.length)) {
      Process process =
          start(java, List.of("helper", folder.run().toString(), helper), helper + ".log");
      children.add(process);
      go(process);
    }
    Relay.fromTcp(Integer.parseInt(words[1]), Relay.toUnix(SandboxFolder.serviceSocket()));
    main.waitFor();
  }

  private static void go(Process process) throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
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
