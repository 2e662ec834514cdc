// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.Trees;
import org.cofferdam.services.launch.guest.GuestFiles;

/** A guest under QEMU, started by this process or found again by its state file. */
final class QemuGuest implements RunningGuest {
  private static final Duration END_LIMIT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(40);

  private final Path run;
  private final VmFolder vm;
  private final ProcessHandle qemu;
  private final ProcessHandle tpm;
  private final int port;
  private int read;
  private Duration used = Duration.ZERO;

  QemuGuest(Path run, VmFolder vm, ProcessHandle qemu, ProcessHandle tpm, int port) {
    this.run = run;
    this.vm = vm;
    this.qemu = qemu;
    this.tpm = tpm;
    this.port = port;
  }

  /** The guest of this run while it lives. */
  static Optional<QemuGuest> find(Path run) throws IOException {
    VmFolder vm = VmFolder.of(run);
    if (!Files.exists(vm.state())) {
      return Optional.empty();
    }
    Json.Obj state = Json.parse(Files.readAllBytes(vm.state())).asObject("state");
    Optional<ProcessHandle> qemu = process(state.object("qemu"));
    Optional<ProcessHandle> tpm = process(state.object("tpm"));
    if (qemu.isEmpty()) {
      tpm.ifPresent(ProcessHandle::destroyForcibly);
      return Optional.empty();
    }
    return Optional.of(
        new QemuGuest(run, vm, qemu.get(), tpm.orElse(qemu.get()), (int) state.integer("port")));
  }

  void save() throws IOException {
    Files.writeString(
        vm.state(),
        Json.object()
            .put("qemu", process(qemu))
            .put("tpm", process(tpm))
            .put("port", port)
            .build()
            .pretty());
  }

  long pid() {
    return qemu.pid();
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
      cpuTime();
      boolean alive = alive();
      Optional<GuestStatus> line = line();
      if (line.isPresent()) {
        return line;
      }
      if (!alive || System.nanoTime() > end) {
        return Optional.empty();
      }
      Thread.sleep(POLL);
    }
  }

  @Override
  public boolean alive() {
    return qemu.isAlive();
  }

  /** What was seen last, once QEMU has ended. */
  @Override
  public Duration cpuTime() {
    used = qemu.info().totalCpuDuration().orElse(used);
    return used;
  }

  @Override
  public void stop() throws IOException, LaunchException {
    qemu.destroy();
    if (!ended(qemu)) {
      qemu.destroyForcibly();
    }
    tpm.destroy();
    if (!ended(qemu) || !ended(tpm)) {
      throw new LaunchException(
          "QEMU (process " + qemu.pid() + ") or its TPM did not end.", "End it by hand.");
    }
    // The large files that the cache has too; what is small stays for whoever wants to look.
    GuestFiles files = new GuestFiles(run.resolve("guest"));
    Files.deleteIfExists(files.root());
    Files.deleteIfExists(files.verity());
    Files.deleteIfExists(vm.podDisk());
    Files.deleteIfExists(vm.variables());
    Files.deleteIfExists(vm.folder().resolve(VmFolder.TPM_SOCKET));
    Files.deleteIfExists(vm.state());
    Trees.delete(vm.tpmState());
  }

  /** The next whole line; what is no JSON object with a step is skipped. */
  private Optional<GuestStatus> line() throws IOException {
    byte[] all = Files.exists(vm.status()) ? Files.readAllBytes(vm.status()) : new byte[0];
    while (true) {
      int end = read;
      while (end < all.length && all[end] != '\n') {
        end++;
      }
      if (end >= all.length) {
        return Optional.empty();
      }
      String text = new String(all, read, end - read, StandardCharsets.UTF_8);
      read = end + 1;
      Optional<GuestStatus> status = status(text);
      if (status.isPresent()) {
        return status;
      }
    }
  }

  /** Empty for anything else: host and guest may write what they like, nothing is decided by it. */
  private static Optional<GuestStatus> status(String text) {
    try {
      Json.Obj line = Json.parse(text.getBytes(StandardCharsets.UTF_8)).asObject("status");
      return Optional.of(new GuestStatus(line.string("step"), line.integer("millis"), line));
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  private static boolean ended(ProcessHandle process) {
    CompletableFuture<ProcessHandle> end = process.onExit();
    try {
      end.get(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  private static Json process(ProcessHandle process) {
    return Json.object().put("pid", process.pid()).put("started", started(process)).build();
  }

  /** Only the very process: a number may have been given to another since. */
  private static Optional<ProcessHandle> process(Json.Obj saved) {
    return ProcessHandle.of(saved.integer("pid"))
        .filter(ProcessHandle::isAlive)
        .filter(p -> started(p).equals(saved.string("started")));
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}
