// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The broker of this machine: {@code cofferdam serve} as a child process that outlives the command.
 * Its folder holds its configuration, its data, what it said when it was ready, and its log.
 *
 * @param pid of the process
 * @param ready the line it printed
 * @param client an administrator's access to it
 */
record LocalServer(long pid, Json.Obj ready, ServerClient client) {
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /**
   * Uses the server that runs, or starts one; one of another build or configuration is replaced.
   */
  static LocalServer ensure(
      Installation installation,
      Path folder,
      List<Json> developmentAnchors,
      Optional<Path> collateral)
      throws IOException, InterruptedException, GeneralSecurityException {
    Files.createDirectories(folder);
    AdminKey key = AdminKey.in(folder);
    Json.Builder settings =
        Json.object()
            .put("data", "data")
            .put("listen", "127.0.0.1:0")
            .put("adminKeys", Json.strings(List.of(key.publicKey().toString())))
            .put("development", true)
            .put("developmentAnchors", Json.array(developmentAnchors));
    collateral.ifPresent(c -> settings.put("collateral", c.toString()));
    Json configuration = settings.build();
    String digest =
        Hex.encode(
            Digests.sha256(
                configuration.canonical(),
                installation.serverBuild().getBytes(StandardCharsets.UTF_8)));
    Optional<Json.Obj> running = running(folder);
    if (running.isPresent() && running.get().string("configuration").equals(digest)) {
      return of(running.get(), key);
    }
    stop(folder);
    Files.writeString(folder.resolve("serve.json"), configuration.pretty() + "\n");
    Json.Obj state = start(installation, folder, digest);
    return of(state, key);
  }

  /** Ends the server, if one runs; gives it time to finish what it does. */
  static boolean stop(Path folder) throws IOException, InterruptedException {
    Optional<Json.Obj> state = running(folder);
    if (state.isPresent()) {
      ProcessHandle process = ProcessHandle.of(state.get().integer("pid")).orElseThrow();
      process.destroy();
      long end = System.nanoTime() + STOP_LIMIT.toNanos();
      while (process.isAlive() && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      process.destroyForcibly();
    }
    Files.deleteIfExists(state(folder));
    return state.isPresent();
  }

  /** What the running server said of itself, or empty where none runs. */
  static Optional<Json.Obj> running(Path folder) throws IOException {
    Path file = state(folder);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    Json.Obj state;
    try {
      state = Json.parse(Files.readAllBytes(file)).asObject("server state");
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
    // Another process may have got the number since: its start time tells.
    return ProcessHandle.of(state.integer("pid"))
            .filter(ProcessHandle::isAlive)
            .filter(p -> started(p) == state.integer("started"))
            .isPresent()
        ? Optional.of(state)
        : Optional.empty();
  }

  static Path log(Path folder) {
    return folder.resolve("server.log");
  }

  /** SHA-256 of the server's TLS key, {@code sha256:HEX}. */
  String tlsKey() {
    return ready.string("tlsKey");
  }

  private static Json.Obj start(Installation installation, Path folder, String digest)
      throws IOException, InterruptedException {
    Path said = folder.resolve("ready.json");
    Files.deleteIfExists(said);
    Process process =
        new ProcessBuilder(
                "setsid",
                installation.launcher().toString(),
                "serve",
                "--config",
                folder.resolve("serve.json").toString())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(said.toFile())
            .redirectError(log(folder).toFile())
            .start();
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      String line = Files.exists(said) ? Files.readString(said) : "";
      if (line.endsWith("\n")) {
        Json.Obj state =
            Json.object()
                .put("pid", process.pid())
                .put("started", started(process.toHandle()))
                .put("configuration", digest)
                .put("ready", Json.parse(line.strip().getBytes(StandardCharsets.UTF_8)))
                .build();
        Path fresh = Files.writeString(folder.resolve("server.json.new"), state.pretty());
        Files.move(fresh, state(folder), StandardCopyOption.ATOMIC_MOVE);
        return state;
      }
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new CommandException(
            ExitCode.FAULT,
            "the server did not start: " + lastLine(log(folder)),
            "See " + log(folder) + ".");
      }
      Thread.sleep(10);
    }
  }

  private static LocalServer of(Json.Obj state, AdminKey key) throws GeneralSecurityException {
    Json.Obj ready = state.object("ready");
    URI address = URI.create(ready.object("urls").string("kbs")).resolve("/");
    return new LocalServer(
        state.integer("pid"),
        ready,
        new ServerClient(address, ready.string("tlsKey"), key, InstantSource.system()));
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(i -> i.toEpochMilli()).orElse(0L);
  }

  private static Path state(Path folder) {
    return folder.resolve("server.json");
  }

  private static String lastLine(Path file) throws IOException {
    List<String> lines = Files.readString(file).lines().filter(l -> !l.isBlank()).toList();
    return lines.isEmpty() ? "it said nothing" : lines.getLast();
  }
}
