// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.Tool;

/** The agent's run-time image and its class archive. */
final class GuestJava {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Measured in emulation: the smallest sum of start and first use. */
  private static final List<String> TUNING =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Xss512k",
          "-Xmx160m");

  private static final String ARCHIVE = "agent/classes.jsa";

  private GuestJava() {}

  /** Links {@code jre} of these modules from the JDK that runs this program. */
  static void link(List<String> modules, Path root)
      throws IOException, InterruptedException, LaunchException {
    Tool.run(
        root,
        LIMIT,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
            "--add-modules",
            String.join(",", modules),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--compress",
            "zip-0",
            "--output",
            root.resolve("jre").toString()));
  }

  /**
   * Puts jars, options and class archive into a root that has its run-time image. The archive holds
   * the recipe's classes, in its order.
   */
  static void install(GuestRecipe recipe, Path root)
      throws IOException, InterruptedException, LaunchException {
    List<String> names = new ArrayList<>();
    for (Path jar : recipe.agentJars()) {
      String name = jar.getFileName().toString();
      Files.copy(jar, root.resolve("agent/lib").resolve(name));
      names.add(name);
    }
    names.sort(String::compareTo);
    GuestRoot.normalize(root);
    List<String> options = new ArrayList<>(TUNING);
    if (!recipe.classes().isEmpty()) {
      // Relative, because the archive keeps the path: equal inputs shall give equal bytes anywhere.
      dump(recipe.classes(), root, classPath("agent/lib", names));
      options.add("-XX:SharedArchiveFile=/" + ARCHIVE);
    }
    options.add("-cp");
    options.add(classPath("/agent/lib", names));
    options.add(recipe.mainClass());
    Files.writeString(root.resolve("agent/options"), String.join("\n", options) + "\n");
  }

  private static void dump(List<String> classes, Path root, String classPath)
      throws IOException, InterruptedException, LaunchException {
    Path list = Files.createTempFile("cofferdam", ".classes");
    try {
      Files.write(list, classes);
      List<String> command = new ArrayList<>(List.of(root.resolve("jre/bin/java").toString()));
      command.addAll(TUNING);
      command.addAll(
          List.of(
              "-Xshare:dump",
              "-XX:SharedClassListFile=" + list,
              "-XX:SharedArchiveFile=" + ARCHIVE,
              "-cp",
              classPath));
      Tool.run(root, LIMIT, command);
    } finally {
      Files.deleteIfExists(list);
    }
  }

  private static String classPath(String folder, List<String> names) {
    return String.join(":", names.stream().map(n -> folder + "/" + n).toList());
  }
}
