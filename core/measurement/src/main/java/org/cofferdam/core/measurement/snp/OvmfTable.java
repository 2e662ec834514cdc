// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.snp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * The table at the end of an OVMF image (OvmfPkg, ResetVector): entries that are read from the end,
 * each a value, a length and a GUID; it ends 32 bytes before the end of the image.
 *
 * @param image the whole image, or its end
 * @param entries values by GUID
 */
public record OvmfTable(byte[] image, Map<UUID, byte[]> entries) {
  private static final String FORM = "OVMF image";
  private static final UUID FOOTER = UUID.fromString("96b582de-1fb2-45f7-baea-a366c55a082d");
  private static final UUID SEV_METADATA = UUID.fromString("dc886566-984a-4798-a75e-5585a7bf67cc");
  private static final UUID TDX_METADATA = UUID.fromString("e47a6535-984a-4798-865e-4685a7bf8ec2");
  private static final UUID HASHES = UUID.fromString("7255371f-3a3b-4b04-927b-1da6efa8d454");
  private static final UUID AP_RESET = UUID.fromString("00f771de-1a7e-4fcb-890e-68c77e2fb44e");
  private static final int AFTER = 32;
  private static final int HEADER = 18;
  private static final long TOP = 1L << 32;
  private static final int MOST_SECTIONS = 64;

  /**
   * A part of the guest's memory that firmware asks for.
   *
   * @param gpa guest physical address
   * @param size bytes
   * @param type as the metadata has it
   */
  public record Section(long gpa, long size, int type) {}

  /**
   * A part of a TD's memory.
   *
   * @param offset into the image
   * @param rawSize bytes of the image, zero for none
   * @param address guest physical
   * @param size bytes of memory
   * @param type 0 boot firmware volume, 1 configuration volume, 2 hand-off blocks, 3 temporary
   * @param attributes bit 0: extended into MRTD; bit 1: added later, and not at launch
   */
  public record TdxSection(
      int offset, int rawSize, long address, long size, int type, int attributes) {}

  /**
   * @throws MalformedEvidenceException where the image has no such table
   */
  public static OvmfTable parse(byte[] image) {
    int footer = image.length - AFTER - HEADER;
    if (footer < 0 || !guid(image, footer + 2).equals(FOOTER)) {
      throw malformed("footer", footer, "has no GUIDed table");
    }
    int size = u16(image, footer);
    int start = footer + HEADER - size;
    if (size < HEADER || start < 0) {
      throw malformed("footer", footer, "gives the table a size that the image does not have");
    }
    Map<UUID, byte[]> entries = new LinkedHashMap<>();
    int end = footer;
    while (end > start) {
      int header = end - HEADER;
      int length = header < start ? 0 : u16(image, header);
      if (length < HEADER || end - length < start) {
        throw malformed("entry", header, "has a length that the table does not have");
      }
      byte[] value = java.util.Arrays.copyOfRange(image, end - length, header);
      if (entries.put(guid(image, header + 2), value) != null) {
        throw malformed("entry", header, "is there twice");
      }
      end -= length;
    }
    return new OvmfTable(image, entries);
  }

  /** Where the image begins in the guest: it ends at 4 GiB. */
  public long base() {
    return TOP - image.length;
  }

  /** The address at which processors other than the first start. */
  public Optional<Long> apReset() {
    return Optional.ofNullable(entries.get(AP_RESET)).map(v -> u32(v, 0));
  }

  /** The address of the table of kernel hashes, zero where the image has none. */
  public long hashes() {
    byte[] value = entries.get(HASHES);
    return value == null ? 0 : u32(value, 0);
  }

  /** The sections of SEV's metadata, in order. */
  public List<Section> sevSections() {
    ByteBuffer at = metadata(SEV_METADATA, "ASEV");
    int count = at.getInt();
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < bounded(count); i++) {
      sections.add(
          new Section(
              Integer.toUnsignedLong(at.getInt()),
              Integer.toUnsignedLong(at.getInt()),
              at.getInt()));
    }
    return sections;
  }

  /** The sections of TDX's metadata, in order. */
  public List<TdxSection> tdxSections() {
    ByteBuffer at = metadata(TDX_METADATA, "TDVF");
    int count = at.getInt();
    List<TdxSection> sections = new ArrayList<>();
    for (int i = 0; i < bounded(count); i++) {
      sections.add(
          new TdxSection(
              at.getInt(), at.getInt(), at.getLong(), at.getLong(), at.getInt(), at.getInt()));
    }
    return sections;
  }

  /** Behind signature, length and version, before the count; all of it lies in the image. */
  private ByteBuffer metadata(UUID guid, String signature) {
    byte[] value = entries.get(guid);
    if (value == null || value.length < 4) {
      throw malformed(signature, -1, "is not in the table: the firmware is not built for it");
    }
    long start = image.length - u32(value, 0);
    if (start < 0 || start + 16 > image.length) {
      throw malformed(signature, -1, "lies outside the image");
    }
    int from = (int) start;
    if (!new String(image, from, 4, StandardCharsets.ISO_8859_1).equals(signature)) {
      throw malformed(signature, from, "has another signature");
    }
    long length = u32(image, from + 4);
    if (length < 16 || start + length > image.length || u32(image, from + 8) != 1) {
      throw malformed(signature, from, "has a length or version that is not known");
    }
    int item = signature.equals("ASEV") ? 12 : 32;
    if (16 + item * u32(image, from + 12) > length) {
      throw malformed(signature, from, "has more sections than room");
    }
    return ByteBuffer.wrap(image, from + 12, (int) length - 12).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int bounded(int count) {
    if (count < 0 || count > MOST_SECTIONS) {
      throw malformed("sections", -1, "are more than " + MOST_SECTIONS);
    }
    return count;
  }

  private static int u16(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(at) & 0xffff;
  }

  private static long u32(byte[] bytes, int at) {
    if (at + 4 > bytes.length) {
      throw malformed("entry", at, "is too short");
    }
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at));
  }

  /** The first three groups are little-endian. */
  private static UUID guid(byte[] bytes, int at) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long high =
        (long) buffer.getInt(at) << 32
            | (buffer.getShort(at + 4) & 0xffffL) << 16
            | (buffer.getShort(at + 6) & 0xffffL);
    return new UUID(high, buffer.order(ByteOrder.BIG_ENDIAN).getLong(at + 8));
  }

  private static MalformedEvidenceException malformed(String field, int at, String problem) {
    return new MalformedEvidenceException(FORM, field, at, problem);
  }
}
