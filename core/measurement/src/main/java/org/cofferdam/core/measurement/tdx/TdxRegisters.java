// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.tdx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.evidence.eventlog.Event;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.tpm.TpmHash;
import org.cofferdam.core.measurement.boot.MeasuredBoot;
import org.cofferdam.core.measurement.boot.PeImage;
import org.cofferdam.core.measurement.boot.QemuKernel;
import org.cofferdam.core.measurement.snp.OvmfTable;

/**
 * RTMR0 to RTMR2 after a direct boot by QEMU and OVMF: SHA-384 over the digests that firmware and
 * kernel extend, from zeros. RTMR3 is what the guest makes of it, and zeros when it starts.
 */
public final class TdxRegisters {
  private static final int SIZE = 48;
  private static final long HANDOFF_TABLES2 = 0x8000000bL;
  private static final long PLATFORM_CONFIG_FLAGS = 0xaL;
  private static final int CONFIGURATION_VOLUME = 1;
  private static final byte[] GLOBAL = HexFormat.of().parseHex("61dfe48bca93d211aa0d00e098032b8c");
  private static final byte[] IMAGE_SECURITY =
      HexFormat.of().parseHex("cbb219d73a3d9645a3bcdad00e67656f");

  private TdxRegisters() {}

  /**
   * What the shape of a machine decides, and only its hypervisor knows: the hand-off blocks
   * (memory) and the ACPI tables (processors, devices). Read from the log of one boot of that
   * shape.
   *
   * @param handOff digest of the hand-off blocks
   * @param acpi digests of loader, root pointer and tables
   */
  public record Shape(Bytes handOff, List<Bytes> acpi) {
    public Shape {
      acpi = List.copyOf(acpi);
    }

    /**
     * @throws MalformedEvidenceException where the log has not these events
     */
    public static Shape learned(EventLog log) {
      List<Bytes> handOff = digests(log, HANDOFF_TABLES2);
      List<Bytes> acpi = digests(log, PLATFORM_CONFIG_FLAGS);
      if (handOff.size() != 1 || acpi.size() != 3) {
        throw new MalformedEvidenceException(
            "CC event log", "RTMR0", -1, "is not that of a direct boot by QEMU and OVMF");
      }
      return new Shape(handOff.getFirst(), acpi);
    }

    private static List<Bytes> digests(EventLog log, long type) {
      List<Bytes> digests = new ArrayList<>();
      for (Event event : log.events()) {
        Bytes digest = event.digests().get(TpmHash.SHA384);
        if (event.type() == type && digest != null) {
          digests.add(digest);
        }
      }
      return digests;
    }
  }

  /** The digest of the firmware's configuration volume, which holds its variables. */
  public static byte[] configurationVolume(byte[] image) {
    for (OvmfTable.TdxSection section : OvmfTable.parse(image).tdxSections()) {
      if (section.type() == CONFIGURATION_VOLUME) {
        if (section.offset() < 0
            || section.rawSize() < 0
            || (long) section.offset() + section.rawSize() > image.length) {
          throw new MalformedEvidenceException("OVMF image", "CFV", -1, "is outside the image");
        }
        return Digests.sha384(
            java.util.Arrays.copyOfRange(
                image, section.offset(), section.offset() + section.rawSize()));
      }
    }
    throw new MalformedEvidenceException("OVMF image", "CFV", -1, "is not there");
  }

  /** Configuration: hand-off blocks, variables without Secure Boot keys, ACPI, boot options. */
  public static byte[] rtmr0(Shape shape, byte[] configurationVolume) {
    byte[] separator = Digests.sha384(new byte[4]);
    List<byte[]> digests = new ArrayList<>();
    digests.add(shape.handOff().toArray());
    digests.add(configurationVolume);
    digests.add(variable(GLOBAL, "SecureBoot"));
    digests.add(variable(GLOBAL, "PK"));
    digests.add(variable(GLOBAL, "KEK"));
    digests.add(variable(IMAGE_SECURITY, "db"));
    digests.add(variable(IMAGE_SECURITY, "dbx"));
    digests.add(separator);
    shape.acpi().forEach(a -> digests.add(a.toArray()));
    digests.add(Digests.sha384(new byte[2]));
    digests.add(Digests.sha384(MeasuredBoot.bootOption()));
    digests.add(separator);
    return register(digests);
  }

  /**
   * The kernel and the way into it.
   *
   * @param kernel digest of the kernel as it was loaded, {@link #kernel}
   */
  public static byte[] rtmr1(byte[] kernel) {
    return register(
        List.of(
            kernel,
            text("Calling EFI Application from Boot Option"),
            text("Exit Boot Services Invocation"),
            text("Exit Boot Services Returned with Success")));
  }

  /** The Authenticode digest of a kernel file with what QEMU writes into its header. */
  public static byte[] kernel(byte[] file, long initrdSize, int memoryMiB) {
    return PeImage.authenticode(QemuKernel.asLoaded(file, initrdSize, memoryMiB), "SHA-384");
  }

  /** Command line and initrd, as the kernel's own EFI stub measures them. */
  public static byte[] rtmr2(String append, byte[] initrd) {
    List<byte[]> digests = new ArrayList<>();
    String options = initrd.length == 0 ? append : append + " initrd=initrd";
    digests.add(Digests.sha384((options + "\0").getBytes(StandardCharsets.UTF_16LE)));
    if (initrd.length > 0) {
      digests.add(Digests.sha384(initrd));
    }
    return register(digests);
  }

  /** Zeros extended with the digests in order. */
  static byte[] register(List<byte[]> digests) {
    byte[] value = new byte[SIZE];
    for (byte[] digest : digests) {
      value = Digests.sha384(value, digest);
    }
    return value;
  }

  private static byte[] text(String text) {
    return Digests.sha384(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** UEFI_VARIABLE_DATA of a variable that is empty. */
  private static byte[] variable(byte[] vendor, String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
    return Digests.sha384(
        ByteBuffer.allocate(32 + text.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(vendor)
            .putLong(name.length())
            .putLong(0)
            .put(text)
            .array());
  }
}
