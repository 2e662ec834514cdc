// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.launch.LaunchException;

/** A unit in the development sandbox, started by this process or found again by its state file. */
final class SandboxGuest implements RunningGuest {
  /** Name of the folder in a run. */
  static final String FOLDER = "unit";

  private static final Duration END_LIMIT = Duration.ofSeconds(8);
  private static final Duration POLL = Duration.ofMillis(10);

  private final Path run;
  private final ProcessHandle host;
  private final int port;
  private final StatusLines lines;
  private Duration used = Duration.ZERO;

  SandboxGuest(Path run, ProcessHandle host, int port) {
    this.run = run;
    this.host = host;
    this.port = port;
    this.lines = new StatusLines(folder(run).resolve("status.jsonl"));
  }

  static Path folder(Path run) {
    return run.resolve(FOLDER);
  }

  /** The unit of this run while it lives. */
  static Optional<SandboxGuest> find(Path run) throws IOException {
    Path file = state(run);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Json.Obj state = Json.parse(Files.readAllBytes(file)).asObject("state");
    return SavedProcess.find(state.object("host"))
        .map(host -> new SandboxGuest(run, host, (int) state.integer("port")));
  }

  void save() throws IOException {
    Files.writeString(
        state(run),
        Json.object().put("host", SavedProcess.save(host)).put("port", port).build().pretty());
  }

  @Override
  public String kind() {
    return "the sandbox";
  }

  @Override
  public long pid() {
    return host.pid();
  }

  @Override
  public Path folder() {
    return run;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Optional<GuestStatus> nextStatus(Duration wait) throws IOException, InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      boolean alive = alive();
      Optional<GuestStatus> line = lines.next();
      if (line.isPresent() || !alive || System.nanoTime() > end) {
        return line;
      }
      Thread.sleep(POLL);
    }
  }

  @Override
  public boolean alive() {
    return host.isAlive();
  }

  @Override
  public Duration cpuTime() {
    if (alive()) {
      used =
          Stream.concat(Stream.of(host), host.descendants())
              .map(p -> p.info().totalCpuDuration().orElse(Duration.ZERO))
              .reduce(Duration.ZERO, Duration::plus);
    }
    return used;
  }

  @Override
  public void stop() throws IOException, LaunchException {
    host.destroy();
    if (!SavedProcess.ended(host, END_LIMIT)) {
      // Its children watch their input, and end with it.
      host.destroyForcibly();
      if (!SavedProcess.ended(host, END_LIMIT)) {
        throw new LaunchException(
            "The sandbox (process " + host.pid() + ") did not end.", "End it by hand.");
      }
    }
    try (Stream<Path> files = Files.list(folder(run))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sock")).toList()) {
        Files.delete(file);
      }
    }
    Files.deleteIfExists(state(run));
  }

  private static Path state(Path run) {
    return folder(run).resolve("state.json");
  }
}
