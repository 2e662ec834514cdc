// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.broker;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.json.Json;

/** A PostgreSQL of its own in a folder, with forced writes on. */
final class LoadPostgres implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private final Path bin;
  private final Path folder;
  private final int port;

  LoadPostgres() throws IOException, InterruptedException {
    bin = installed();
    folder = Files.createTempDirectory("cofferdam-postgres");
    port = freePort();
    if (isRoot()) {
      run("chown", "-R", "postgres", folder.toString());
    }
    run(as(bin.resolve("initdb"), "-D", data(), "-U", "cofferdam", "-A", "trust", "-N"));
    start();
  }

  private static Path installed() throws IOException {
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions.sorted().toList().getLast().resolve("bin");
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void start() throws IOException, InterruptedException {
    String options =
        "-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
            + folder
            + " -c fsync=on -c max_connections=60";
    run(
        as(
            bin.resolve("pg_ctl"),
            "-D",
            data(),
            "-o",
            options,
            "-l",
            folder.resolve("log").toString(),
            "-w",
            "start"));
  }

  private void stop(String mode) throws IOException, InterruptedException {
    run(as(bin.resolve("pg_ctl"), "-D", data(), "-m", mode, "-w", "stop"));
  }

  /** CPU time of all its processes. */
  Duration cpu() throws IOException {
    long main =
        Long.parseLong(Files.readAllLines(Path.of(data(), "postmaster.pid")).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(main).orElseThrow();
    return Stream.concat(Stream.of(postmaster), postmaster.descendants())
        .map(p -> p.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** How a server is told to use it. */
  Json configuration() {
    return Json.object()
        .put("url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres")
        .put("user", "cofferdam")
        .build();
  }

  @Override
  public void close() throws IOException {
    try {
      if (Files.exists(Path.of(data(), "postmaster.pid"))) {
        stop("immediate");
      }
      run("rm", "-rf", folder.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** PostgreSQL does not run as root. */
  private static String[] as(Path program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
