// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.launch.Home;

/**
 * Finds out whether KVM really runs a guest: {@code /dev/kvm} may open and its processors still
 * never get anywhere. The probe is a ROM whose first instruction ends QEMU.
 */
public final class AccelerationProbe {
  private static final long LIMIT_SECONDS = 2;
  private static final int ROM_SIZE = 0x10000;
  private static final int RESET_VECTOR = 0xfff0;

  /** {@code mov al, 0x10; out 0xf4, al; hlt} */
  private static final byte[] CODE = {(byte) 0xb0, 0x10, (byte) 0xe6, (byte) 0xf4, (byte) 0xf4};

  /** isa-debug-exit: value × 2 + 1. */
  private static final int EXPECTED_EXIT = 0x10 * 2 + 1;

  private final Path device;
  private final String qemu;

  public AccelerationProbe() {
    this(Path.of("/dev/kvm"), "qemu-system-x86_64");
  }

  AccelerationProbe(Path device, String qemu) {
    this.device = device;
    this.qemu = qemu;
  }

  /** The answer for this boot of the machine, asked once and then kept under {@code home}. */
  public Acceleration ask(Home home) throws IOException, InterruptedException {
    Path file = home.cache().resolve("acceleration.json");
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    if (Files.exists(file)) {
      try {
        Json.Obj known = Json.parse(Files.readAllBytes(file)).asObject("acceleration");
        if (known.string("boot").equals(boot)) {
          return new Acceleration(
              known.string("kind").equals("KVM") ? Acceleration.Kind.KVM : Acceleration.Kind.TCG,
              known.string("reason"));
        }
      } catch (MalformedEvidenceException e) {
        Files.delete(file);
      }
    }
    Acceleration answer = probe();
    Files.createDirectories(home.cache());
    Files.writeString(
        file,
        Json.object()
            .put("boot", boot)
            .put("kind", answer.kind().name())
            .put("reason", answer.reason())
            .build()
            .pretty());
    return answer;
  }

  /** Tries now. */
  public Acceleration probe() throws IOException, InterruptedException {
    if (!Files.exists(device)) {
      return new Acceleration(Acceleration.Kind.TCG, "this machine has no " + device);
    }
    if (!Files.isReadable(device) || !Files.isWritable(device)) {
      return new Acceleration(Acceleration.Kind.TCG, "this user may not open " + device);
    }
    Path rom = Files.createTempFile("cofferdam-probe", ".rom");
    Path output = Files.createTempFile("cofferdam-probe", ".txt");
    try {
      byte[] bytes = new byte[ROM_SIZE];
      System.arraycopy(CODE, 0, bytes, RESET_VECTOR, CODE.length);
      Files.write(rom, bytes);
      return run(rom, output);
    } finally {
      Files.deleteIfExists(rom);
      Files.deleteIfExists(output);
    }
  }

  private Acceleration run(Path rom, Path output) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    qemu,
                    "-nodefaults",
                    "-no-user-config",
                    "-display",
                    "none",
                    "-M",
                    "q35",
                    "-accel",
                    "kvm",
                    "-cpu",
                    "max",
                    "-m",
                    "64",
                    "-bios",
                    rom.toString(),
                    "-device",
                    "isa-debug-exit,iobase=0xf4,iosize=4"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return new Acceleration(
            Acceleration.Kind.TCG,
            "KVM opens, but a guest of one instruction did not end within " + LIMIT_SECONDS + " s");
      }
    } finally {
      process.destroyForcibly();
    }
    int exit = process.exitValue();
    if (exit == EXPECTED_EXIT) {
      return new Acceleration(Acceleration.Kind.KVM, "KVM ran a test guest");
    }
    String said = Files.readString(output, StandardCharsets.ISO_8859_1).strip();
    String line = said.lines().reduce((first, last) -> last).orElse("no message");
    return new Acceleration(
        Acceleration.Kind.TCG, "QEMU with KVM ended with " + exit + ": " + line);
  }
}
