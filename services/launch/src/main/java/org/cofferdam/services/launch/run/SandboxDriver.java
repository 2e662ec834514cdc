// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.cofferdam.services.launch.LaunchException;

/**
 * Starts units in the development sandbox: namespaces of the kernel, and a device that is a program
 * of this machine. It isolates the machine from the unit, never the unit from the machine.
 *
 * @param agentJars class path of the loader
 * @param device socket of the development device
 */
public record SandboxDriver(List<Path> agentJars, Path device) {
  private static final String MAIN = "org.cofferdam.apps.agent.Sandbox";
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/bin/unshare"), Path.of("/usr/bin/setpriv"), Path.of("/usr/bin/mount"));
  private static final List<Path> IP =
      List.of(Path.of("/usr/sbin/ip"), Path.of("/usr/bin/ip"), Path.of("/sbin/ip"));

  public SandboxDriver {
    agentJars = List.copyOf(agentJars);
  }

  /** What the machine must have, said before anything is done. */
  public static void check() throws LaunchException {
    for (Path program : PROGRAMS) {
      if (!Files.isExecutable(program)) {
        throw new LaunchException(program + " is missing.", "Install util-linux and mount.");
      }
    }
    if (IP.stream().noneMatch(Files::isExecutable)) {
      throw new LaunchException("ip is missing.", "Install iproute2.");
    }
  }

  /**
   * Starts the processes that will hold the unit, while there is nothing yet to run. They end when
   * this process does before {@link Prepared#launch}, and live on after it.
   *
   * @param run a launch folder
   */
  public Prepared prepare(Path run) throws IOException {
    Path folder = Files.createDirectories(SandboxGuest.folder(run));
    List<String> command =
        List.of(
            "setsid",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            agentJars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
            MAIN,
            "host",
            run.toString(),
            // A socket's path must be short, so it is relative.
            folder.relativize(device).toString());
    Process host =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("host.log").toFile())
            .start();
    return new Prepared(run, host);
  }

  /**
   * Processes that wait for the word to go.
   *
   * @param run the launch folder
   * @param host the outermost of them
   */
  public record Prepared(Path run, Process host) {

    /**
     * Starts the unit from {@code run/pod} as those files now are.
     *
     * @param brokerPort of the broker, on loopback
     * @param helpers names of the containers outside of the unit
     */
    public RunningGuest launch(int brokerPort, List<String> helpers) throws IOException {
      int port;
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      SandboxGuest guest = new SandboxGuest(run, host.toHandle(), port);
      guest.save();
      List<String> words = new ArrayList<>(List.of("" + brokerPort, "" + port));
      words.addAll(helpers);
      try (OutputStream orders = host.getOutputStream()) {
        orders.write((String.join(" ", words) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return guest;
    }

    /** Ends them before anything was launched. */
    public void abandon() {
      host.destroy();
    }
  }
}
