// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.measurement.boot.FirmwareInputs;
import org.cofferdam.core.measurement.boot.GuestInputs;
import org.cofferdam.core.measurement.boot.MeasuredBoot;
import org.cofferdam.core.measurement.boot.PcrValues;
import org.cofferdam.core.measurement.firmware.PeiState;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.Progress;
import org.cofferdam.services.launch.guest.GuestFiles;
import org.cofferdam.services.launch.guest.GuestImages;
import org.cofferdam.services.launch.guest.GuestRecipe;
import org.cofferdam.services.launch.guest.MachineShape;
import org.cofferdam.services.launch.machine.Acceleration;
import org.cofferdam.services.launch.machine.AccelerationProbe;
import org.cofferdam.services.launch.machine.Machine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("vm")
class MeasuredBootVmTest {
  private static final Home HOME = new Home(Path.of("target/vm-home").toAbsolutePath());

  private static final Progress PRINT =
      new Progress() {
        @Override
        public void step(String step, Duration took) {
          System.out.println(step + " " + took.toMillis() + " ms");
        }

        @Override
        public void note(String text) {
          System.out.println(text);
        }
      };

  @Test
  void quotedRegistersAreThePredictedOnes(@TempDir Path run) throws Exception {
    assumeTrue(Machine.missing().isEmpty(), "QEMU, OVMF or swtpm is not installed");
    GuestFiles built = new GuestImages(HOME).get(recipe(), PRINT);
    GuestFiles guest = GuestImages.copy(built, run.resolve("guest"));
    Files.createDirectories(run.resolve("pod"));
    Files.writeString(run.resolve("pod/initdata.toml"), "version = \"0.1.0\"\n");
    Acceleration acceleration = new AccelerationProbe().ask(HOME);
    PRINT.note(acceleration.toString());
    MachineShape shape = MachineShape.DEFAULT;
    PeiState state = new FirmwareProbe(HOME).state(guest, shape, acceleration, PRINT);
    PcrValues predicted =
        PcrValues.of(
            MeasuredBoot.events(
                new GuestInputs(
                    new FirmwareInputs(
                        Files.readAllBytes(guest.firmwareCode()),
                        Files.readAllBytes(guest.firmwareVariables()),
                        state),
                    Files.readAllBytes(guest.kernel()),
                    Files.readAllBytes(guest.initrd()),
                    guest.readCommandLine(),
                    shape.memoryMiB())));

    long start = System.nanoTime();
    RunningGuest running =
        new QemuDriver(HOME)
            .launch(
                run,
                new LaunchOptions(shape, acceleration, 8080, LaunchOptions.BOOT_TIMEOUT),
                PRINT);
    try {
      GuestStatus status =
          running
              .nextStatus(LaunchOptions.BOOT_TIMEOUT)
              .orElseThrow(() -> new AssertionError("the guest said nothing: " + console(run)));
      PRINT.step(
          "boot to agent, cpu " + running.cpuTime().toMillis() + ", kernel time " + status.millis(),
          Duration.ofNanos(System.nanoTime() - start));
      List<Json> measured = status.line().array("pcrs");
      for (int pcr = 0; pcr < PcrValues.COUNT; pcr++) {
        assertThat(measured.get(pcr).asString("pcr").toLowerCase(Locale.ROOT))
            .as("PCR %d", pcr)
            .isEqualTo(predicted.hex(pcr));
      }
      assertThat(status.line().string("pod")).isEqualTo("initdata.toml");
    } finally {
      running.stop();
    }
    assertThat(running.alive()).isFalse();
  }

  private static GuestRecipe recipe() throws IOException {
    Path jar = HOME.root().resolve("smoke.jar");
    Files.createDirectories(HOME.root());
    String name = SmokeAgent.class.getName().replace('.', '/') + ".class";
    try (InputStream in = SmokeAgent.class.getClassLoader().getResourceAsStream(name);
        OutputStream out = Files.newOutputStream(jar);
        JarOutputStream jarOut = new JarOutputStream(out)) {
      JarEntry entry = new JarEntry(name);
      entry.setTime(0);
      jarOut.putNextEntry(entry);
      jarOut.write(in.readAllBytes());
    }
    return new GuestRecipe(
        new ArrayList<>(List.of(jar)), SmokeAgent.class.getName(), List.of("java.base"), List.of());
  }

  private static String console(Path run) {
    try {
      return Files.readString(run.resolve("vm/console.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
