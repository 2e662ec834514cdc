// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.measurement.firmware.OvmfCode;
import org.cofferdam.core.measurement.firmware.PeiState;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.Progress;
import org.cofferdam.services.launch.Tool;
import org.cofferdam.services.launch.Trees;
import org.cofferdam.services.launch.guest.GuestFiles;
import org.cofferdam.services.launch.guest.MachineShape;
import org.cofferdam.services.launch.machine.Acceleration;

/**
 * Learns what OVMF's PEI phase notes in its own volume for one shape of machine: the firmware runs
 * alone, without TPM, disks or kernel, and its memory is compared with the file. The volume itself
 * is then predicted from the file; only these few bytes come from here.
 */
public final class FirmwareProbe {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SOCKET = "qmp.sock";

  private final Home home;

  public FirmwareProbe(Home home) {
    this.home = home;
  }

  /** From the cache, by firmware, shape, acceleration and QEMU's version; else from a run. */
  public PeiState state(
      GuestFiles guest, MachineShape shape, Acceleration acceleration, Progress progress)
      throws IOException, InterruptedException, LaunchException {
    byte[] code = Files.readAllBytes(guest.firmwareCode());
    String version =
        Tool.run(Path.of("/"), LIMIT, List.of("qemu-system-x86_64", "--version")).strip();
    String key =
        String.join(
            "\n",
            QemuCommand.machine(shape, acceleration.kind(), "code", "variables").toString(),
            version,
            Hex.encode(Digests.sha256(code)));
    Path known =
        home.cache()
            .resolve("firmware")
            .resolve(Hex.encode(Digests.sha256(key.getBytes(StandardCharsets.UTF_8))) + ".json");
    if (Files.exists(known)) {
      return PeiState.fromJson(Json.parse(Files.readAllBytes(known)));
    }
    long start = System.nanoTime();
    Files.createDirectories(known.getParent());
    Path work = Files.createTempDirectory("cofferdam-firmware");
    try {
      PeiState state =
          PeiState.between(OvmfCode.parse(code).pei(), memory(guest, shape, acceleration, work));
      Path fresh = Files.createTempFile(known.getParent(), "state", ".json");
      Files.writeString(fresh, state.toJson().pretty());
      Files.move(fresh, known, StandardCopyOption.ATOMIC_MOVE);
      progress.step("run firmware alone", Duration.ofNanos(System.nanoTime() - start));
      return state;
    } finally {
      Trees.delete(work);
    }
  }

  private static byte[] memory(
      GuestFiles guest, MachineShape shape, Acceleration acceleration, Path work)
      throws IOException, InterruptedException, LaunchException {
    int length = OvmfCode.parse(Files.readAllBytes(guest.firmwareCode())).pei().length;
    Files.copy(guest.firmwareCode(), work.resolve("code.fd"));
    Files.copy(guest.firmwareVariables(), work.resolve("vars.fd"));
    List<String> command = QemuCommand.machine(shape, acceleration.kind(), "code.fd", "vars.fd");
    command.addAll(
        List.of("-serial", "file:console", "-qmp", "unix:" + SOCKET + ",server=on,wait=off"));
    Process qemu =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("log").toFile())
            .start();
    try {
      Path console = work.resolve("console");
      long end = System.nanoTime() + LIMIT.toNanos();
      // The DXE phase writes to the console first, when PEI is long over.
      while (!Files.exists(console) || Files.size(console) == 0) {
        if (qemu.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          throw new LaunchException(
              "The firmware alone did not come up: " + Files.readString(work.resolve("log")),
              "Check that QEMU and OVMF are Debian's and try again.");
        }
      }
      return dump(work, length);
    } finally {
      qemu.destroyForcibly();
      qemu.waitFor();
    }
  }

  private static byte[] dump(Path work, int length) throws IOException, LaunchException {
    try (SocketChannel qmp = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      qmp.connect(UnixDomainSocketAddress.of(work.resolve(SOCKET)));
      answer(qmp, "QMP");
      send(qmp, "{\"execute\":\"qmp_capabilities\"}");
      answer(qmp, "return");
      send(
          qmp,
          Json.object()
              .put("execute", "pmemsave")
              .put(
                  "arguments",
                  Json.object()
                      .put("val", OvmfCode.PEI_ADDRESS)
                      .put("size", length)
                      .put("filename", "memory")
                      .build())
              .build()
              .write());
      answer(qmp, "return");
    }
    return Files.readAllBytes(work.resolve("memory"));
  }

  private static void send(SocketChannel qmp, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      qmp.write(bytes);
    }
  }

  /** Reads lines up to one with this member; events before it are passed over. */
  private static void answer(SocketChannel qmp, String member) throws IOException, LaunchException {
    StringBuilder line = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (qmp.read(one.clear()) == 1) {
      char c = (char) one.get(0);
      if (c != '\n') {
        line.append(c);
        continue;
      }
      Json.Obj message =
          Json.parse(line.toString().getBytes(StandardCharsets.UTF_8)).asObject("QMP");
      if (message.get("error").isPresent()) {
        throw new LaunchException(
            "QEMU refused: " + message.require("error").write(), "Report this as a bug.");
      }
      if (message.get(member).isPresent()) {
        return;
      }
      line.setLength(0);
    }
    throw new LaunchException("QEMU closed its control socket.", "Try again.");
  }
}
