// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cofferdam.core.bytes.Digests;

/**
 * A direct boot of a Linux kernel by QEMU and OVMF, event by event (TCG PC Client Platform Firmware
 * Profile §3.3 for the registers), up to the start of the first user process.
 */
public final class MeasuredBoot {
  private static final byte[] SEPARATOR = new byte[4];
  private static final String CALLING = "Calling EFI Application from Boot Option";
  private static final String EXIT = "Exit Boot Services Invocation";
  private static final String EXITED = "Exit Boot Services Returned with Success";

  /** Boot option 0 of an OVMF without disks to boot from: its own menu, UiApp. */
  private static final byte[] UI_APP =
      HexFormat.of()
          .parseHex(
              "090100002c0055006900410070007000000004071400c9bdb87cebf8344faaea3ee4af6516a1"
                  + "0406140021aa2c4614760345836e8ab6f46623317fff0400");

  private MeasuredBoot() {}

  /** {@code Boot0000} of an OVMF that has nothing to boot from by itself. */
  public static byte[] bootOption() {
    return UI_APP.clone();
  }

  /** In the order in which they are extended. */
  public static List<PredictedEvent> events(GuestInputs inputs) {
    List<PredictedEvent> events = new ArrayList<>(FirmwareEvents.of(inputs.firmware()));
    events.add(
        new PredictedEvent(
            4,
            PeImage.authenticodeSha256(
                QemuKernel.asLoaded(inputs.kernel(), inputs.initrd().length, inputs.memoryMiB())),
            "kernel image and its load parameters (memory and initrd size)"));
    events.add(event(1, new byte[2], "boot order"));
    events.add(event(1, UI_APP, "boot option 0"));
    events.add(event(4, ascii(CALLING), "boot of the kernel"));
    for (int pcr = 0; pcr < 7; pcr++) {
      events.add(event(pcr, SEPARATOR, "end of the firmware's part"));
    }
    events.add(
        event(
            9,
            (inputs.commandLine() + " initrd=initrd\0").getBytes(StandardCharsets.UTF_16LE),
            "kernel command line (root hash and agent settings)"));
    events.add(event(9, inputs.initrd(), "initrd"));
    events.add(event(5, ascii(EXIT), "hand-over to the kernel"));
    events.add(event(5, ascii(EXITED), "hand-over to the kernel"));
    events.add(bootAggregate(PcrValues.of(events)));
    return List.copyOf(events);
  }

  /**
   * IMA's first entry, template {@code ima-sig}: a digest over PCR 0 to 9, each field with its
   * length before it, the signature empty.
   */
  private static PredictedEvent bootAggregate(PcrValues pcrs) {
    byte[] digest = Digests.sha256(pcrs.values().subList(0, 10).toArray(new byte[0][]));
    byte[] algorithm = ascii("sha256:\0");
    byte[] name = ascii("boot_aggregate\0");
    byte[] template =
        Digests.sha256(
            length(algorithm.length + digest.length),
            algorithm,
            digest,
            length(name.length),
            name,
            length(0));
    return new PredictedEvent(10, template, "kernel's aggregate over PCR 0 to 9");
  }

  private static PredictedEvent event(int pcr, byte[] data, String input) {
    return new PredictedEvent(pcr, Digests.sha256(data), input);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] length(int length) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array();
  }
}
