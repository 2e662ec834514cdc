// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL of its own in a folder, with forced writes on, that can be stopped and killed. */
public final class TestPostgres implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private final Path bin;
  private final Path folder;
  private final int port;
  private int databases;

  /** Skips the test where PostgreSQL is not installed. */
  public TestPostgres() throws IOException, InterruptedException {
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
    Assumptions.assumeTrue(Files.isDirectory(INSTALLED), "PostgreSQL is not installed");
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions.sorted().toList().getLast().resolve("bin");
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  public void start() throws IOException, InterruptedException {
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

  public void stop(String mode) throws IOException, InterruptedException {
    run(as(bin.resolve("pg_ctl"), "-D", data(), "-m", mode, "-w", "stop"));
  }

  /** Every process of it at once, as a crash of the machine ends them. */
  public void kill() throws IOException, InterruptedException {
    long main =
        Long.parseLong(Files.readAllLines(Path.of(data(), "postmaster.pid")).getFirst().strip());
    List<ProcessHandle> all = new ArrayList<>();
    ProcessHandle.of(main).ifPresent(p -> p.descendants().forEach(all::add));
    ProcessHandle.of(main).ifPresent(all::addFirst);
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle one : all) {
      one.onExit().join();
    }
    Files.deleteIfExists(Path.of(data(), "postmaster.pid"));
  }

  /** The URL of a new, empty database. */
  public String newDatabase() throws SQLException {
    String name = "test" + databases++;
    try (Connection connection = DriverManager.getConnection(url("postgres"), "cofferdam", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return url(name);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
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
