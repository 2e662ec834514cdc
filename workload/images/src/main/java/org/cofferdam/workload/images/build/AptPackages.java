// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;

/**
 * Fetches packages with {@code apt-get download}, which checks the archive's signatures. A file
 * that is there already is used when its digest is still that of the archive's list.
 */
public final class AptPackages implements PackageSource {
  private static final Pattern URI_LINE =
      Pattern.compile("'[^']*' (?<file>[A-Za-z0-9+._~%-]+) [0-9]+ SHA256:(?<hash>[0-9a-f]{64})");
  private static final List<Path> STATE =
      List.of(
          Path.of("/var/lib/apt/lists"),
          Path.of("/etc/apt/sources.list"),
          Path.of("/etc/apt/sources.list.d"),
          Path.of("/etc/apt/preferences"),
          Path.of("/etc/apt/preferences.d"),
          Path.of("/etc/apt/apt.conf.d"),
          Path.of("/var/lib/dpkg/arch"));
  private static final int LIMIT_SECONDS = 300;

  private final Path cache;

  /**
   * @param cache folder for the files, made where it is missing
   */
  public AptPackages(Path cache) {
    this.cache = cache;
  }

  @Override
  public Path fetch(String name) throws IOException {
    Files.createDirectories(cache);
    Path known = cache.resolve(name + ".known");
    String state = state();
    if (Files.exists(known)) {
      String[] fields = Files.readString(known).split("\n", -1);
      if (fields.length == 3 && fields[0].equals(state)) {
        Path file = cache.resolve(fields[1]);
        if (holds(file, fields[2])) {
          return file;
        }
      }
    }
    // Not in the cache folder: apt prints nothing where the file lies already.
    Matcher line = URI_LINE.matcher(apt(Path.of("/"), "--print-uris", name));
    if (!line.find()) {
      throw new IOException(
          "apt does not know the package " + name + "; 'apt-get update' may be needed");
    }
    Path file = cache.resolve(line.group("file"));
    if (!holds(file, line.group("hash"))) {
      apt(cache, name);
    }
    if (!holds(file, line.group("hash"))) {
      throw new IOException("apt-get download gave another file than its list says: " + file);
    }
    Files.writeString(known, state + "\n" + line.group("file") + "\n" + line.group("hash"));
    return file;
  }

  /** Changes with every update of apt's lists and with its settings; asking apt takes a second. */
  private static String state() throws IOException {
    StringBuilder state = new StringBuilder();
    for (Path path : STATE) {
      state.append(Files.exists(path) ? Files.getLastModifiedTime(path) : "none").append(' ');
    }
    return state.toString();
  }

  private static boolean holds(Path file, String sha256) throws IOException {
    return Files.isRegularFile(file)
        && Hex.encode(Digests.sha256(Files.readAllBytes(file))).equals(sha256);
  }

  private static String apt(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("apt-get", "-q", "download"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + output.strip());
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
