// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.tar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a ustar archive whose bytes follow from its members alone: no times (mtime is 0), no names
 * of users, pax records only where ustar has no room.
 */
public final class TarWriter {
  private static final int BLOCK = 512;
  private static final long MAX_OCTAL_7 = 07777777;
  private static final long MAX_OCTAL_11 = 077777777777L;

  private final OutputStream out;

  public TarWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * @param entry without a hard link's or file's content
   * @param content exactly {@code entry.size()} bytes
   */
  public void add(TarEntry entry, byte[] content) throws IOException {
    if (content.length != entry.size()) {
      throw new IllegalArgumentException("content and size differ: " + entry.path());
    }
    header(entry);
    out.write(content);
    out.write(new byte[(int) ((BLOCK - entry.size() % BLOCK) % BLOCK)]);
  }

  /** Writes the two zero blocks that end an archive; the stream stays open. */
  public void finish() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private void header(TarEntry entry) throws IOException {
    String path = entry.type() == TarEntry.Type.FOLDER ? entry.path() + "/" : entry.path();
    StringBuilder pax = new StringBuilder();
    pax(pax, "path", fits(path, 100) ? null : path);
    pax(pax, "linkpath", fits(entry.link(), 100) ? null : entry.link());
    pax(pax, "size", entry.size() <= MAX_OCTAL_11 ? null : Long.toString(entry.size()));
    pax(pax, "uid", entry.uid() <= MAX_OCTAL_7 ? null : Long.toString(entry.uid()));
    pax(pax, "gid", entry.gid() <= MAX_OCTAL_7 ? null : Long.toString(entry.gid()));
    if (!pax.isEmpty()) {
      byte[] records = pax.toString().getBytes(StandardCharsets.UTF_8);
      block("pax/record", 'x', 0644, 0, 0, records.length, "");
      out.write(records);
      out.write(new byte[(BLOCK - records.length % BLOCK) % BLOCK]);
    }
    block(
        cut(path),
        type(entry.type()),
        entry.mode(),
        entry.uid() <= MAX_OCTAL_7 ? entry.uid() : 0,
        entry.gid() <= MAX_OCTAL_7 ? entry.gid() : 0,
        entry.size() <= MAX_OCTAL_11 ? entry.size() : 0,
        cut(entry.link()));
  }

  private void block(String name, char type, int mode, long uid, long gid, long size, String link)
      throws IOException {
    byte[] block = new byte[BLOCK];
    put(block, 0, name);
    put(block, 100, octal(mode, 7));
    put(block, 108, octal(uid, 7));
    put(block, 116, octal(gid, 7));
    put(block, 124, octal(size, 11));
    put(block, 136, octal(0, 11));
    Arrays.fill(block, 148, 156, (byte) ' ');
    block[156] = (byte) type;
    put(block, 157, link);
    put(block, 257, "ustar");
    put(block, 263, "00");
    put(block, 329, octal(0, 7));
    put(block, 337, octal(0, 7));
    long sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    put(block, 148, octal(sum, 6));
    block[154] = 0;
    out.write(block);
  }

  /** One record is {@code LENGTH NAME=VALUE\n}, where LENGTH counts its own digits. */
  private static void pax(StringBuilder records, String name, @Nullable String value) {
    if (value == null) {
      return;
    }
    int rest = (" " + name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8).length;
    int length = rest;
    while (Integer.toString(length).length() + rest != length) {
      length = Integer.toString(length).length() + rest;
    }
    records.append(length).append(' ').append(name).append('=').append(value).append('\n');
  }

  private static boolean fits(String text, int bytes) {
    return text.getBytes(StandardCharsets.UTF_8).length <= bytes
        && text.chars().allMatch(c -> c < 0x80);
  }

  private static String cut(String text) {
    return fits(text, 100) ? text : "long";
  }

  private static char type(TarEntry.Type type) {
    return switch (type) {
      case FILE -> '0';
      case HARD_LINK -> '1';
      case SYMBOLIC_LINK -> '2';
      case CHARACTER_DEVICE -> '3';
      case BLOCK_DEVICE -> '4';
      case FOLDER -> '5';
      case FIFO -> '6';
    };
  }

  private static void put(byte[] block, int at, String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  private static String octal(long value, int digits) {
    String text = Long.toOctalString(value);
    return "0".repeat(digits - text.length()) + text;
  }
}
