// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.snp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * What the report of an SEV-SNP guest will have as its measurement: SHA-384 over every page that
 * the hypervisor puts into the guest before it starts (SEV-SNP firmware ABI, 8.17, PAGE_INFO).
 */
public final class SnpLaunch {
  private static final int PAGE = 4096;
  private static final int DIGEST = 48;
  private static final long VMSA_ADDRESS = 0xFFFFFFFFF000L;
  private static final long BOOT_EIP = 0xfffffff0L;
  private static final int NORMAL = 1;
  private static final int VMSA = 2;
  private static final int ZERO = 3;
  private static final int UNMEASURED = 4;
  private static final int SECRETS = 5;
  private static final int CPUID = 6;

  private byte[] digest;

  private SnpLaunch(byte[] digest) {
    this.digest = digest;
  }

  /**
   * What is booted directly.
   *
   * @param kernel the file
   * @param initrd the file, empty for none
   * @param append the command line
   */
  public record Boot(byte[] kernel, byte[] initrd, String append) {}

  /**
   * The processors.
   *
   * @param count how many
   * @param type their model; it counts with QEMU only
   * @param features {@code SEV_FEATURES}, as the guest's VMSA has it
   */
  public record Processors(int count, CpuType type, long features) {}

  /**
   * The launch digest, 48 bytes.
   *
   * @param image the firmware, or its end where {@code firmware} is given
   * @param firmware the digest after the firmware's pages, where only that is known
   * @throws MalformedEvidenceException where the firmware is not built for SEV-SNP, or has no room
   *     for the hashes of a kernel
   */
  public static byte[] digest(
      Vmm vmm,
      byte[] image,
      Optional<byte[]> firmware,
      Optional<Boot> boot,
      Processors processors) {
    OvmfTable table = OvmfTable.parse(image);
    SnpLaunch launch = new SnpLaunch(firmware.orElse(new byte[DIGEST]));
    if (firmware.isEmpty()) {
      launch.normal(table.base(), image);
    }
    launch.sections(vmm, table, boot);
    long others = processors.count() == 1 ? 0 : table.apReset().orElse(0L);
    for (int i = 0; i < processors.count(); i++) {
      boolean first = i == 0;
      byte[] page =
          Vmsa.page(
              vmm,
              first ? BOOT_EIP : others,
              first,
              processors.type().signature(),
              processors.features());
      launch.page(VMSA, VMSA_ADDRESS, Digests.sha384(page));
    }
    return launch.digest.clone();
  }

  private void sections(Vmm vmm, OvmfTable table, Optional<Boot> boot) {
    boolean hashed = false;
    for (OvmfTable.Section section : table.sevSections()) {
      switch (section.type()) {
        case 1 -> fill(vmm == Vmm.GCE ? UNMEASURED : ZERO, section);
        case 2 -> page(SECRETS, section.gpa(), new byte[DIGEST]);
        case 3 -> {
          if (vmm != Vmm.EC2) {
            page(CPUID, section.gpa(), new byte[DIGEST]);
          }
        }
        case 4 -> fill(ZERO, section);
        case 0x10 -> {
          hashed = true;
          hashes(table, section, boot);
        }
        default ->
            throw new MalformedEvidenceException(
                "OVMF image", "ASEV", -1, "has a section of the unknown type " + section.type());
      }
    }
    if (vmm == Vmm.EC2) {
      table.sevSections().stream()
          .filter(s -> s.type() == 3)
          .forEach(s -> page(CPUID, s.gpa(), new byte[DIGEST]));
    }
    if (boot.isPresent() && !hashed) {
      throw new MalformedEvidenceException(
          "OVMF image", "ASEV", -1, "has no place for the hashes of a kernel");
    }
  }

  private void hashes(OvmfTable table, OvmfTable.Section section, Optional<Boot> boot) {
    if (boot.isEmpty()) {
      fill(ZERO, section);
      return;
    }
    byte[] page =
        KernelHashes.page(
            boot.get().kernel(),
            boot.get().initrd(),
            boot.get().append(),
            (int) (table.hashes() & (PAGE - 1)));
    page(NORMAL, section.gpa(), Digests.sha384(page));
  }

  private void normal(long gpa, byte[] content) {
    if (content.length % PAGE != 0) {
      throw new MalformedEvidenceException("OVMF image", "size", -1, "is no number of pages");
    }
    for (int at = 0; at < content.length; at += PAGE) {
      page(NORMAL, gpa + at, Digests.sha384(Arrays.copyOfRange(content, at, at + PAGE)));
    }
  }

  private void fill(int type, OvmfTable.Section section) {
    for (long at = 0; at < section.size(); at += PAGE) {
      page(type, section.gpa() + at, new byte[DIGEST]);
    }
  }

  /** One PAGE_INFO: what came before, what the page has, and what and where it is. */
  private void page(int type, long gpa, byte[] content) {
    ByteBuffer info = ByteBuffer.allocate(0x70).order(ByteOrder.LITTLE_ENDIAN);
    info.put(digest).put(content).putShort((short) 0x70).put((byte) type).putLong(0x68, gpa);
    digest = Digests.sha384(info.array());
  }
}
