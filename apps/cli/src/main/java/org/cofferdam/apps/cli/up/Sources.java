// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Workload;

/**
 * What lies at the path that {@code up} was given.
 *
 * @param base folder
 * @param bundle everything the manifests say
 * @param imageDefinition file that says how the image is built, where there is one
 */
record Sources(Path base, Bundle bundle, Optional<Path> imageDefinition) {

  static Sources read(Path path) throws IOException {
    if (Files.notExists(path)) {
      throw CommandException.usage(
          path + " does not exist", "Name a folder with manifests, or a manifest.");
    }
    Path base = Files.isDirectory(path) ? path : path.toRealPath().resolveSibling("");
    List<Source> sources = new ArrayList<>();
    for (Path file : manifests(path)) {
      sources.add(Source.utf8(file.toString(), Files.readAllBytes(file)));
    }
    if (sources.isEmpty()) {
      throw CommandException.usage(
          path + " holds no manifest (*.yaml, *.yml)", "Name another folder.");
    }
    Path definition = base.resolve("image.toml");
    return new Sources(
        base,
        ManifestReader.read(sources),
        Files.exists(definition) ? Optional.of(definition) : Optional.empty());
  }

  /** The one workload. */
  Workload workload() {
    bundle
        .problems()
        .forEach(
            p ->
                System.err.println("cofferdam: " + p.file() + ":" + p.line() + ": " + p.message()));
    if (bundle.workloads().size() != 1) {
      throw new CommandException(
          ExitCode.USAGE,
          "there are "
              + bundle.workloads().size()
              + " workloads in "
              + base
              + ", and up runs one at a time",
          "Name the file of one Deployment, with its Secret and Service.");
    }
    return bundle.workloads().getFirst();
  }

  private static List<Path> manifests(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(f -> f.toString().endsWith(".yaml") || f.toString().endsWith(".yml"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
