// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.gramine;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * The loadable part of {@code libpal.so}: an ELF64 shared object, little-endian, for x86-64 (System
 * V ABI, chapters 4 and 5).
 *
 * @param entry {@code e_entry}, an offset from the image's start
 * @param segments the PT_LOAD entries in the order of the program header table; they do not overlap
 *     and the lowest page is 0
 */
public record PalImage(long entry, List<Segment> segments) {
  private static final int PT_LOAD = 1;
  private static final long PAGE = 4096;

  /** More than any platform adaptation layer. */
  private static final long MAX_SPAN = 64L << 20;

  /**
   * @param address {@code p_vaddr}
   * @param memorySize {@code p_memsz}, at least the content's size
   * @param content the bytes that the file has for it
   */
  public record Segment(
      long address,
      long memorySize,
      Bytes content,
      boolean readable,
      boolean writable,
      boolean executable) {
    long firstPage() {
      return address & -PAGE;
    }

    long endPage() {
      return (address + memorySize + PAGE - 1) & -PAGE;
    }
  }

  public PalImage {
    segments = List.copyOf(segments);
  }

  /** Bytes from the first page to behind the last. */
  public long span() {
    return segments.stream().mapToLong(Segment::endPage).max().orElse(0);
  }

  /**
   * @throws MalformedEvidenceException where it is no such file
   */
  public static PalImage parse(byte[] file) {
    ByteReader header = ByteReader.of("ELF", file);
    if (header.u32be("magic") != 0x7f454c46L
        || header.u8("class") != 2
        || header.u8("data") != 1
        || header.u8("version") != 1) {
      throw header.malformed("identification", "is not a 64-bit little-endian ELF file");
    }
    header.skip("rest of the identification", 9);
    if (header.u16le("e_type") != 3 || header.u16le("e_machine") != 62) {
      throw header.malformed("e_type", "is not a shared object for x86-64");
    }
    header.skip("e_version", 4);
    long entry = header.u64le("e_entry");
    long tableAt = header.u64le("e_phoff");
    header.skip("e_shoff, e_flags, e_ehsize", 14);
    int entrySize = header.u16le("e_phentsize");
    int entries = header.u16le("e_phnum");
    if (entrySize != 56) {
      throw header.malformed("e_phentsize", "is not 56");
    }
    ByteReader table = ByteReader.of("ELF program headers", file);
    table.skip("before the table", unsigned(table, "e_phoff", tableAt, file.length));
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      segment(table, file, segments);
    }
    if (segments.isEmpty() || segments.stream().noneMatch(s -> s.firstPage() == 0)) {
      throw table.malformed("PT_LOAD", "does not begin at page 0");
    }
    return new PalImage(entry, segments);
  }

  private static void segment(ByteReader table, byte[] file, List<Segment> segments) {
    long type = table.u32le("p_type");
    long flags = table.u32le("p_flags");
    long offset = table.u64le("p_offset");
    long address = table.u64le("p_vaddr");
    table.skip("p_paddr", 8);
    long fileSize = table.u64le("p_filesz");
    long memorySize = table.u64le("p_memsz");
    table.skip("p_align", 8);
    if (type != PT_LOAD) {
      return;
    }
    unsigned(table, "p_vaddr", address, MAX_SPAN);
    unsigned(table, "p_memsz", memorySize, MAX_SPAN);
    unsigned(table, "p_filesz", fileSize, memorySize);
    ByteReader content = ByteReader.of("ELF segment", file);
    content.skip("before the segment", unsigned(table, "p_offset", offset, file.length));
    Segment segment =
        new Segment(
            address,
            memorySize,
            Bytes.of(content.bytes("segment", fileSize)),
            (flags & 4) != 0,
            (flags & 2) != 0,
            (flags & 1) != 0);
    for (Segment other : segments) {
      if (segment.firstPage() < other.endPage() && other.firstPage() < segment.endPage()) {
        throw table.malformed("PT_LOAD", "shares a page with another segment");
      }
    }
    segments.add(segment);
  }

  private static long unsigned(ByteReader in, String field, long value, long limit) {
    if (value < 0 || value > limit) {
      throw in.malformed(field, "is out of range: " + Long.toUnsignedString(value));
    }
    return value;
  }
}
