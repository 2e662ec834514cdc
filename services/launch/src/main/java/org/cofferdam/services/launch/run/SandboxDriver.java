// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
   * Starts the unit from {@code run/pod} as those files now are.
   *
   * @param run a launch folder
   * @param brokerPort of the broker, on loopback
   * @param helpers names of the containers outside of the unit
   */
  public RunningGuest launch(Path run, int brokerPort, List<String> helpers)
      throws IOException, LaunchException {
    Path folder = Files.createDirectories(SandboxGuest.folder(run));
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                agentJars.stream()
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator)),
                MAIN,
                "host",
                run.toString(),
                // A socket's path must be short, so it is relative.
                folder.relativize(device).toString(),
                Integer.toString(brokerPort),
                Integer.toString(port)));
    command.addAll(helpers);
    Process host =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("host.log").toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    SandboxGuest guest = new SandboxGuest(run, host.toHandle(), port);
    guest.save();
    return guest;
  }
}
