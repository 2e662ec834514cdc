// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * Stands in for the agent in tests of boot and prediction: reports the registers, the firmware's
 * log and the start of the pod disk, then ends. It has to run alone, from a jar with this class.
 */
final class SmokeAgent {
  private SmokeAgent() {}

  public static void main(String[] args) throws IOException {
    StringBuilder line = new StringBuilder("{\"step\":\"registers\",\"millis\":");
    String uptime = Files.readString(Path.of("/proc/uptime"));
    line.append((long) (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000))
        .append(",\"pcrs\":[");
    for (int pcr = 0; pcr < 16; pcr++) {
      line.append(pcr == 0 ? "\"" : ",\"")
          .append(Files.readString(Path.of("/sys/class/tpm/tpm0/pcr-sha256/" + pcr)).strip())
          .append('"');
    }
    byte[] log = Files.readAllBytes(Path.of("/sys/kernel/security/tpm0/binary_bios_measurements"));
    line.append("],\"log\":\"").append(Base64.getEncoder().encodeToString(log));
    try (var pod = Files.newInputStream(Path.of("/dev").resolve(disk("pod")))) {
      String name = new String(pod.readNBytes(100), StandardCharsets.US_ASCII);
      line.append("\",\"pod\":\"").append(name.replace("\0", "")).append("\"}\n");
    }
    Files.writeString(
        Path.of("/dev").resolve(port("cofferdam.status")), line, StandardOpenOption.WRITE);
  }

  private static String disk(String serial) throws IOException {
    return find(Path.of("/sys/block"), "serial", serial);
  }

  private static String port(String name) throws IOException {
    return find(Path.of("/sys/class/virtio-ports"), "name", name);
  }

  private static String find(Path folder, String file, String content) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      for (Path entry : list.toList()) {
        Path value = entry.resolve(file);
        if (Files.exists(value) && Files.readString(value).strip().equals(content)) {
          return entry.getFileName().toString();
        }
      }
    }
    throw new IOException("no " + content + " in " + folder);
  }
}
