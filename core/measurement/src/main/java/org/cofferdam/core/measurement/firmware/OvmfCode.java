// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.firmware;

import java.util.Arrays;
import java.util.HexFormat;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * The two firmware volumes inside an OVMF code file. SEC unpacks them from one LZMA section (PI
 * specification, vol. 3 §2.2.5) to fixed places in memory; the TPM driver measures them there.
 *
 * @param pei volume of the PEI phase; its modules run in place and keep their variables in it
 * @param dxe volume of the DXE phase, measured as it is in the file
 */
public record OvmfCode(byte[] pei, byte[] dxe) {
  /** Where SEC puts the PEI volume in guest memory. */
  public static final long PEI_ADDRESS = 0x820000;

  /** EE4E5898-3914-4259-9D6E-DC7BD79403CF as it lies in a section header. */
  private static final byte[] LZMA_SECTION =
      HexFormat.of().parseHex("98584eee143959429d6edc7bd79403cf");

  private static final int SECTION_FIRMWARE_VOLUME = 0x17;
  private static final int SECTION_RAW = 0x19;

  /**
   * @param code for example {@code OVMF_CODE_4M.fd}
   * @throws MalformedEvidenceException where it does not hold exactly two packed volumes
   */
  public static OvmfCode parse(byte[] code) {
    int guid = indexOf(code, LZMA_SECTION);
    if (guid < 4) {
      throw new MalformedEvidenceException("OVMF", "LZMA section", -1, "is not there");
    }
    ByteReader file = ByteReader.of("OVMF", code);
    file.skip("before the section", guid - 4L);
    long size = u24(file, "section size");
    file.skip("section type and GUID", 1 + 16);
    int dataOffset = file.u16le("data offset");
    if (dataOffset < 24 || size < dataOffset) {
      throw file.malformed("section size", "is smaller than its header");
    }
    file.skip("attributes and padding", dataOffset - 22L);
    byte[] unpacked = Lzma.decode(file.bytes("packed volumes", size - dataOffset));
    return volumes(unpacked);
  }

  private static OvmfCode volumes(byte[] unpacked) {
    ByteReader sections = ByteReader.of("OVMF volumes", unpacked);
    byte[][] found = new byte[2][];
    int count = 0;
    while (sections.remaining() >= 4) {
      int start = sections.position();
      long size = u24(sections, "section size");
      int type = sections.u8("section type");
      if (size < 4) {
        throw sections.malformed("section size", "is smaller than its header");
      }
      byte[] body = sections.bytes("section", size - 4);
      if (type == SECTION_FIRMWARE_VOLUME) {
        if (count == 2) {
          throw sections.malformed("volumes", "are more than two");
        }
        found[count++] = body;
      } else if (type != SECTION_RAW) {
        throw sections.malformed("section type", "is neither a volume nor padding");
      }
      long used = sections.position() - (long) start;
      sections.skip("alignment", Math.min((4 - used % 4) % 4, sections.remaining()));
    }
    if (count != 2) {
      throw sections.malformed("volumes", "are fewer than two");
    }
    return new OvmfCode(found[0], found[1]);
  }

  private static long u24(ByteReader reader, String field) {
    return reader.u16le(field) | (long) reader.u8(field) << 16;
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int i = 0; i + what.length <= in.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }
}
