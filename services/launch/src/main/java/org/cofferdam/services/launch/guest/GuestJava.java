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
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k", "-Xmx160m");

  private GuestJava() {}

  /** Links a run-time image of these modules from the JDK that runs this program. */
  static void link(List<String> modules, Path target)
      throws IOException, InterruptedException, LaunchException {
    Tool.run(
        target.getParent(),
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
            target.toString()));
  }

  /**
   * Puts jars, options and class archive into a root that has its run-time image. The archive holds
   * the classes that a rehearsal of the agent loads, in sorted order.
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
    String here = classPath(root.resolve("agent/lib").toString(), names);
    Path archive = root.resolve("agent/classes.jsa");
    List<String> options = new ArrayList<>(TUNING);
    if (!recipe.rehearsal().isEmpty()) {
      dump(recipe, root, here, archive);
      options.add("-XX:SharedArchiveFile=/agent/classes.jsa");
    }
    options.add("-cp");
    options.add(classPath("/agent/lib", names));
    options.add(recipe.mainClass());
    Files.writeString(root.resolve("agent/options"), String.join("\n", options) + "\n");
  }

  private static void dump(GuestRecipe recipe, Path root, String classPath, Path archive)
      throws IOException, InterruptedException, LaunchException {
    String java = root.resolve("jre/bin/java").toString();
    Path list = Files.createTempFile("cofferdam", ".classlist");
    try {
      List<String> rehearse = new ArrayList<>(List.of(java));
      rehearse.addAll(TUNING);
      rehearse.addAll(
          List.of(
              "-Xshare:off",
              "-XX:DumpLoadedClassList=" + list,
              "-cp",
              classPath,
              recipe.mainClass()));
      rehearse.addAll(recipe.rehearsal());
      Tool.run(root, LIMIT, rehearse);
      Files.write(list, sorted(Files.readAllLines(list)));
      List<String> dump = new ArrayList<>(List.of(java));
      dump.addAll(TUNING);
      dump.addAll(
          List.of(
              "-Xshare:dump",
              "-XX:SharedClassListFile=" + list,
              "-XX:SharedArchiveFile=" + archive,
              "-cp",
              classPath));
      Tool.run(root, LIMIT, dump);
    } finally {
      Files.deleteIfExists(list);
    }
  }

  /** Plain class names first, then the lines about lambdas, which refer to them. */
  private static List<String> sorted(List<String> lines) {
    List<String> classes =
        lines.stream()
            .filter(l -> !l.startsWith("#") && !l.startsWith("@"))
            .map(l -> l.replaceAll(" id:.*", ""))
            .distinct()
            .sorted()
            .toList();
    List<String> all = new ArrayList<>(classes);
    lines.stream().filter(l -> l.startsWith("@")).distinct().sorted().forEach(all::add);
    return all;
  }

  private static String classPath(String folder, List<String> names) {
    return String.join(":", names.stream().map(n -> folder + "/" + n).toList());
  }
}
