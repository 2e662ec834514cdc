// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.cofferdam.services.guest.Agent;
import org.cofferdam.services.guest.Guest;
import org.cofferdam.services.guest.Refusal;
import org.cofferdam.services.guest.Status;
import org.cofferdam.services.guest.container.Programs;
import org.cofferdam.services.guest.tpm.ChannelTransport;

/**
 * The first program of a confidential guest after its root is mounted. It powers the guest off when
 * it will not start the pod.
 */
public final class Main {
  private static final Path TPM = Path.of("/dev/tpmrm0");
  private static final Path FIRMWARE_LOG =
      Path.of("/sys/kernel/security/tpm0/binary_bios_measurements");
  private static final Path MEMORY = Path.of("/run/cofferdam");
  private static final String POD_DISK = "pod";
  private static final String STATUS_PORT = "cofferdam.status";
  private static final String LOG_PORT = "cofferdam.log";

  private Main() {}

  /** Takes no arguments: everything is found in the guest. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Devices devices = Devices.system();
    try (OutputStream port = Files.newOutputStream(devices.port(STATUS_PORT))) {
      Status status = new Status(port, Main::uptimeMillis);
      status.step("agent");
      try {
        run(devices, status);
      } catch (Refusal e) {
        status.refused(e.code(), e.sentence());
      } catch (IOException | InterruptedException | RuntimeException e) {
        status.refused("fault", "The agent failed: " + e + ".");
        throw e;
      }
    } finally {
      powerOff();
    }
  }

  private static void run(Devices devices, Status status)
      throws IOException, Refusal, InterruptedException {
    Path disk = devices.disk(POD_DISK);
    Guest guest =
        new Guest(
            ChannelTransport.device(TPM),
            Files.readAllBytes(FIRMWARE_LOG),
            disk,
            devices.diskBytes(disk),
            Files.createDirectories(MEMORY),
            "/cofferdam",
            Path.of("/proc/sys/kernel/hostname"),
            new LogPort(devices.port(LOG_PORT)),
            Programs.SYSTEM);
    new Agent(guest, status, new SecureRandom()).run();
  }

  private static long uptimeMillis() {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"));
      return Math.round(1000 * Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))));
    } catch (IOException e) {
      return -1;
    }
  }

  /** Memory goes with the machine. */
  private static void powerOff() throws IOException {
    Files.writeString(Path.of("/proc/sysrq-trigger"), "o");
  }
}
