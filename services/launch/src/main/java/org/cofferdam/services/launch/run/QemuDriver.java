// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.Progress;
import org.cofferdam.services.launch.Trees;
import org.cofferdam.services.launch.disk.TarDisk;
import org.cofferdam.services.launch.guest.GuestFiles;

/** Starts guests under QEMU with OVMF and a software TPM. */
public final class QemuDriver implements GuestDriver {
  private static final Duration SOCKET_LIMIT = Duration.ofSeconds(10);
  private static final Duration FIRST_LOOK = Duration.ofMillis(300);

  private final Home home;

  public QemuDriver(Home home) {
    this.home = home;
  }

  @Override
  public RunningGuest launch(Path run, LaunchOptions options, Progress progress)
      throws IOException, InterruptedException, LaunchException {
    VmFolder vm = VmFolder.of(run);
    GuestFiles guest = new GuestFiles(run.resolve("guest"));
    long start = System.nanoTime();
    Files.createDirectories(vm.folder());
    if (!Files.exists(vm.tpmState())) {
      prepareTpm(run);
    }
    Files.copy(guest.firmwareVariables(), vm.variables());
    TarDisk.pack(run.resolve("pod"), vm.podDisk());
    Files.createFile(vm.status());
    progress.step("prepare machine", Duration.ofNanos(System.nanoTime() - start));

    Process tpm = startTpm(vm);
    try {
      int port = freePort();
      Process qemu =
          start(vm, vm.qemuLog(), QemuCommand.pod(options, guest.readCommandLine(), port));
      try {
        if (qemu.waitFor(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new LaunchException(
              "QEMU ended at once: " + Files.readString(vm.qemuLog()).strip(),
              "See " + vm.qemuLog());
        }
        QemuGuest running = new QemuGuest(run, vm, qemu.toHandle(), tpm.toHandle(), port);
        running.save();
        return running;
      } catch (IOException | InterruptedException | LaunchException e) {
        qemu.destroyForcibly();
        throw e;
      }
    } catch (IOException | InterruptedException | LaunchException e) {
      tpm.destroyForcibly();
      throw e;
    }
  }

  /**
   * Makes the run's TPM; takes a second, so a caller may do it early and beside other work. {@link
   * #launch} does it otherwise.
   */
  public void prepareTpm(Path run) throws IOException, InterruptedException, LaunchException {
    VmFolder vm = VmFolder.of(run);
    Path fresh = vm.folder().resolve("tpm.new");
    Trees.delete(fresh);
    new TpmAuthority(home).manufacture(fresh);
    Files.move(fresh, vm.tpmState());
  }

  private static Process startTpm(VmFolder vm)
      throws IOException, InterruptedException, LaunchException {
    Process tpm =
        start(
            vm,
            vm.tpmLog(),
            List.of(
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=tpm",
                "--ctrl",
                "type=unixio,path=" + VmFolder.TPM_SOCKET,
                "--terminate"));
    long end = System.nanoTime() + SOCKET_LIMIT.toNanos();
    while (!Files.exists(vm.folder().resolve(VmFolder.TPM_SOCKET))) {
      if (tpm.waitFor(5, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        tpm.destroyForcibly();
        throw new LaunchException(
            "The software TPM did not start: "
                + Files.readString(vm.tpmLog(), StandardCharsets.UTF_8).strip(),
            "See " + vm.tpmLog());
      }
    }
    return tpm;
  }

  private static Process start(VmFolder vm, Path log, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(vm.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
