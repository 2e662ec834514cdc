// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
  private final StatusLines lines;
  private Duration used = Duration.ZERO;

  QemuGuest(Path run, VmFolder vm, ProcessHandle qemu, ProcessHandle tpm, int port) {
    this.run = run;
    this.vm = vm;
    this.qemu = qemu;
    this.tpm = tpm;
    this.port = port;
    this.lines = new StatusLines(vm.status());
  }

  /** The guest of this run while it lives. */
  static Optional<QemuGuest> find(Path run) throws IOException {
    VmFolder vm = VmFolder.of(run);
    if (!Files.exists(vm.state())) {
      return Optional.empty();
    }
    Json.Obj state = Json.parse(Files.readAllBytes(vm.state())).asObject("state");
    Optional<ProcessHandle> qemu = SavedProcess.find(state.object("qemu"));
    Optional<ProcessHandle> tpm = SavedProcess.find(state.object("tpm"));
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
            .put("qemu", SavedProcess.save(qemu))
            .put("tpm", SavedProcess.save(tpm))
            .put("port", port)
            .build()
            .pretty());
  }

  @Override
  public long pid() {
    return qemu.pid();
  }

  @Override
  public String kind() {
    return "QEMU";
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
      Optional<GuestStatus> line = lines.next();
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
    if (!SavedProcess.ended(qemu, END_LIMIT)) {
      qemu.destroyForcibly();
    }
    tpm.destroy();
    if (!SavedProcess.ended(qemu, END_LIMIT) || !SavedProcess.ended(tpm, END_LIMIT)) {
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
}
