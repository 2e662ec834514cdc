// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.tdx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.measurement.snp.OvmfTable;

/**
 * MRTD (TDX module ABI, TDH.MEM.PAGE.ADD and TDH.MR.EXTEND): SHA-384 over the operations that build
 * the TD, as the firmware's metadata asks for them.
 */
public final class Mrtd {
  private static final int PAGE = 4096;
  private static final int CHUNK = 256;
  private static final int RECORD = 128;
  private static final int EXTENDED = 1;
  private static final int ADDED_LATER = 2;
  private static final long MOST_MEMORY = 1L << 30;

  /** In which order a hypervisor adds and extends the pages of a section. */
  public enum Order {
    /** Each page is extended when it has been added: KVM since Linux 6.16. */
    PAGE_BY_PAGE,
    /** All pages are added first: older builds of QEMU and KVM. */
    ALL_THEN_EXTEND
  }

  private final MessageDigest digest;

  private Mrtd(MessageDigest digest) {
    this.digest = digest;
  }

  /**
   * The register, 48 bytes.
   *
   * @param image the firmware
   * @throws MalformedEvidenceException where the firmware is not built for TDX
   */
  public static byte[] of(byte[] image, Order order) {
    Mrtd mrtd = new Mrtd(Digests.start("SHA-384"));
    for (OvmfTable.TdxSection section : OvmfTable.parse(image).tdxSections()) {
      if ((section.attributes() & ADDED_LATER) != 0) {
        continue;
      }
      mrtd.section(section, content(image, section), order);
    }
    return mrtd.digest.digest();
  }

  private void section(OvmfTable.TdxSection section, byte[] content, Order order) {
    boolean extended = (section.attributes() & EXTENDED) != 0;
    for (long at = 0; at < section.size(); at += PAGE) {
      record("MEM.PAGE.ADD", section.address() + at);
      if (extended && order == Order.PAGE_BY_PAGE) {
        extend(section.address(), content, at);
      }
    }
    if (extended && order == Order.ALL_THEN_EXTEND) {
      for (long at = 0; at < section.size(); at += PAGE) {
        extend(section.address(), content, at);
      }
    }
  }

  private void extend(long address, byte[] content, long page) {
    for (int at = 0; at < PAGE; at += CHUNK) {
      record("MR.EXTEND", address + page + at);
      int from = (int) page + at;
      digest.update(
          from < content.length
              ? Arrays.copyOfRange(content, from, from + CHUNK)
              : new byte[CHUNK]);
    }
  }

  /** The operation's name, padded to 16, and the address. */
  private void record(String operation, long gpa) {
    ByteBuffer record = ByteBuffer.allocate(RECORD).order(ByteOrder.LITTLE_ENDIAN);
    record.put(operation.getBytes(StandardCharsets.US_ASCII)).putLong(16, gpa);
    digest.update(record.array());
  }

  private static byte[] content(byte[] image, OvmfTable.TdxSection section) {
    if (section.offset() < 0
        || section.rawSize() < 0
        || (long) section.offset() + section.rawSize() > image.length
        || section.size() < section.rawSize()
        || section.size() > MOST_MEMORY
        || section.size() % PAGE != 0
        || section.address() % PAGE != 0) {
      throw new MalformedEvidenceException(
          "OVMF image", "TDVF", -1, "has a section that is outside the image or no whole pages");
    }
    return Arrays.copyOfRange(image, section.offset(), section.offset() + section.rawSize());
  }
}
