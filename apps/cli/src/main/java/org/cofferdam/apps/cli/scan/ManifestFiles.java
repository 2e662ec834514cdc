// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.model.Source;

/**
 * The manifests that a command was given: files, folders with all below them, or standard input.
 * What cannot be read becomes a problem and does not stop the rest. Symbolic links to folders are
 * not followed, so that loops end.
 */
public final class ManifestFiles {
  private static final List<String> ENDINGS =
      List.of(".yaml", ".yml", ".json", ".container", ".nomad", ".nomad.hcl");

  private static final int MAX_BYTES = 32 << 20;

  private final List<Source> sources = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private ManifestFiles() {}

  /**
   * Reads all of them.
   *
   * @param paths {@code -} is {@code input}
   */
  public static Bundle read(List<String> paths, InputStream input) {
    ManifestFiles files = new ManifestFiles();
    for (String path : paths) {
      if (path.equals("-")) {
        files.source("-", input);
      } else {
        files.path(Path.of(path));
      }
    }
    Bundle bundle = ManifestReader.read(files.sources);
    files.problems.addAll(bundle.problems());
    return bundle.with(files.problems);
  }

  private void path(Path path) {
    if (!Files.isDirectory(path)) {
      file(path);
      return;
    }
    if (ImageWorkloads.recognises(path)) {
      image(path);
      return;
    }
    try (Stream<Path> children = Files.list(path)) {
      for (Path child : children.sorted().toList()) {
        if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          path(child);
        } else if (manifest(child)) {
          file(child);
        }
      }
    } catch (IOException e) {
      problems.add(new Problem(path.toString(), 0, "The folder cannot be read."));
    }
  }

  private void image(Path path) {
    try {
      sources.addAll(ImageWorkloads.read(path));
    } catch (MalformedEvidenceException e) {
      problems.add(
          new Problem(
              path.toString(),
              0,
              "This is no OCI image layout: " + e.getMessage() + ".",
              "Copy the image again."));
    } catch (IOException e) {
      problems.add(new Problem(path.toString(), 0, "The image cannot be read."));
    }
  }

  private static boolean manifest(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  private void file(Path path) {
    if (!Files.isRegularFile(path)) {
      problems.add(new Problem(path.toString(), 0, "There is no such file."));
      return;
    }
    try (InputStream in = Files.newInputStream(path)) {
      source(path.toString(), in);
    } catch (IOException e) {
      problems.add(new Problem(path.toString(), 0, "The file cannot be read."));
    }
  }

  private void source(String name, InputStream in) {
    try {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        problems.add(new Problem(name, 0, "The file is larger than 32 MiB: it was not read."));
        return;
      }
      sources.add(Source.utf8(name, bytes));
    } catch (CharacterCodingException e) {
      problems.add(new Problem(name, 0, "The file is no UTF-8 text."));
    } catch (IOException e) {
      problems.add(new Problem(name, 0, "The file cannot be read."));
    }
  }
}
