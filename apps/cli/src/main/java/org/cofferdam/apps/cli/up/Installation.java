// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.services.launch.Home;

/**
 * Where this Cofferdam lies, as the launcher told it.
 *
 * @param root the folder of the {@code cofferdam} launcher
 */
record Installation(Path root) {

  static Installation find() {
    String root = System.getProperty("cofferdam.root");
    if (root == null) {
      throw new CommandException(
          ExitCode.FAULT,
          "the program does not know where it is installed (system property cofferdam.root)",
          "Start it with the cofferdam launcher.");
    }
    return new Installation(Path.of(root));
  }

  /** {@code $COFFERDAM_HOME}, or {@code .cofferdam} beside the launcher. */
  Home home() throws IOException {
    String set = System.getenv("COFFERDAM_HOME");
    Path home = set == null || set.isBlank() ? root.resolve(".cofferdam") : Path.of(set);
    Files.createDirectories(home);
    return new Home(home.toRealPath());
  }

  Path launcher() {
    return root.resolve("cofferdam");
  }

  /** The jars that run inside a guest. */
  List<Path> agentJars() throws IOException {
    return jars("agent");
  }

  /** Changes whenever the server is built anew. */
  String serverBuild() throws IOException {
    StringBuilder build = new StringBuilder();
    for (Path jar : jars("server")) {
      build
          .append(jar.getFileName())
          .append(' ')
          .append(Files.getLastModifiedTime(jar))
          .append('\n');
    }
    return build.toString();
  }

  private List<Path> jars(String app) throws IOException {
    try (Stream<Path> jars = Files.list(root.resolve("apps/" + app + "/target/dist/lib"))) {
      return jars.sorted().toList();
    }
  }
}
