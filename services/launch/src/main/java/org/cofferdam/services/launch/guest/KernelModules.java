// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferdam.services.launch.LaunchException;

/**
 * The modules of an unpacked kernel package. What a module needs stands in its own {@code .modinfo}
 * section as {@code depends=a,b}.
 */
final class KernelModules {
  private static final String SUFFIX = ".ko";
  private static final String DEPENDS = "\0depends=";

  private final Map<String, Path> files = new HashMap<>();

  /**
   * @param folder for example {@code lib/modules/6.1.0-56-cloud-amd64}
   */
  KernelModules(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(p -> p.toString().endsWith(SUFFIX))
          .forEach(p -> files.put(name(p.getFileName().toString()), p));
    }
  }

  /** These modules with all they need, in an order in which {@code insmod} can load them. */
  List<Path> inLoadOrder(List<String> names) throws IOException, LaunchException {
    Map<String, Path> ordered = new LinkedHashMap<>();
    for (String name : names) {
      add(name, ordered);
    }
    return new ArrayList<>(ordered.values());
  }

  private void add(String name, Map<String, Path> ordered) throws IOException, LaunchException {
    if (ordered.containsKey(name)) {
      return;
    }
    Path file = files.get(name);
    if (file == null) {
      throw new LaunchException(
          "The kernel package has no module " + name + ".",
          "Use Debian's cloud kernel (linux-image-cloud-amd64).");
    }
    for (String needed : depends(file)) {
      add(needed, ordered);
    }
    ordered.put(name, file);
  }

  private static List<String> depends(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    int at = text.indexOf(DEPENDS);
    if (at < 0) {
      return List.of();
    }
    String list = text.substring(at + DEPENDS.length(), text.indexOf('\0', at + DEPENDS.length()));
    return list.isEmpty()
        ? List.of()
        : Stream.of(list.split(",")).map(KernelModules::name).toList();
  }

  /** Modules are named with either dash or underscore, and mean the same. */
  private static String name(String file) {
    String base = file.endsWith(SUFFIX) ? file.substring(0, file.length() - 3) : file;
    return base.replace('-', '_');
  }
}
