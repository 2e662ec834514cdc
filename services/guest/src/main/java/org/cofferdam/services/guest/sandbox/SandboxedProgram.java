// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cofferdam.services.guest.container.LogSink;
import org.cofferdam.services.guest.pod.Container;

/**
 * A container's process in its private root: a process namespace of its own, no new privileges, the
 * capabilities of the container and those that the change of root and user takes, which go with
 * that change.
 *
 * @param process the outermost of the programs that lead there; it ends with the container
 */
record SandboxedProgram(Process process) {
  private static final List<String> TO_CHANGE = List.of("sys_chroot", "setuid", "setgid");

  /**
   * @param secrets environment variables beside those of the container
   */
  static SandboxedProgram start(
      Container container,
      Map<String, String> secrets,
      Path root,
      Identities identities,
      LogSink logs)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount",
                "--mount-proc=" + root.resolve("proc"),
                "/usr/bin/setpriv",
                "--no-new-privs",
                "--inh-caps=-all",
                "--bounding-set=" + bounding(container),
                "/usr/bin/unshare",
                "--root=" + root,
                "--wd=" + container.cwd()));
    command.addAll(identities.become(container.user()));
    command.add("--");
    command.addAll(container.args());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
    Map<String, String> environment = builder.environment();
    environment.clear();
    for (String item : container.env()) {
      int equals = item.indexOf('=');
      environment.put(item.substring(0, equals), item.substring(equals + 1));
    }
    environment.putAll(secrets);
    Process process = builder.start();
    Thread.ofVirtual().start(() -> read(process, container.name(), logs));
    return new SandboxedProgram(process);
  }

  private static String bounding(Container container) {
    StringBuilder set = new StringBuilder("-all");
    TO_CHANGE.forEach(c -> set.append(",+").append(c));
    for (String capability : container.capabilities()) {
      String name = capability.substring("CAP_".length()).toLowerCase(Locale.ROOT);
      if (!TO_CHANGE.contains(name)) {
        set.append(",+").append(name);
      }
    }
    return set.toString();
  }

  private static void read(Process process, String name, LogSink logs) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        logs.line(name, line);
      }
    } catch (IOException e) {
      logs.line(name, "(end of output: " + e.getMessage() + ")");
    }
  }
}
