// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.tar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * Reads an archive from its first byte to its last: POSIX ustar with pax records (IEEE 1003.1-2017,
 * pax) and GNU's long names, which is what image layers are made of. Everything else is refused:
 * bad checksums, sparse files, paths that leave the root, an end that is missing.
 */
public final class TarReader {
  private static final int BLOCK = 512;
  private static final int MAX_RECORD = 1 << 20;

  private final InputStream in;
  private final long maxBytes;
  private final int maxEntries;
  private long offset;
  private long contentLeft;
  private int padding;
  private int entries;

  /**
   * @param maxBytes bound on the archive's length; a longer one is refused
   * @param maxEntries bound on its members
   */
  public TarReader(InputStream in, long maxBytes, int maxEntries) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.maxEntries = maxEntries;
  }

  /**
   * The next member, or empty at the end. What was not read of the one before is skipped.
   *
   * @throws MalformedEvidenceException where the archive breaks a rule
   */
  public Optional<TarEntry> next() throws IOException {
    skip(contentLeft);
    contentLeft = 0;
    skip(padding);
    padding = 0;
    Map<String, String> records = new HashMap<>();
    while (true) {
      byte[] header = block();
      if (zero(header)) {
        if (!zero(block())) {
          throw malformed("end", "has one zero block where two are needed");
        }
        if (!records.isEmpty()) {
          throw malformed("end", "follows an extended header");
        }
        return Optional.empty();
      }
      checksum(header);
      long size = number(header, 124, 12, "size");
      char type = (char) (header[156] & 0xff);
      switch (type) {
        case 'x' -> records.putAll(pax(record(size)));
        case 'g' -> record(size);
        case 'L' -> records.put("path", text(record(size)));
        case 'K' -> records.put("linkpath", text(record(size)));
        default -> {
          return Optional.of(entry(header, type, size, records));
        }
      }
    }
  }

  /**
   * Bytes of the archive that were read: after {@link #next}, where the member's content begins.
   */
  public long position() {
    return offset;
  }

  /** The content of the present member, up to {@code limit} bytes. */
  public byte[] content(int limit) throws IOException {
    if (contentLeft > limit) {
      throw malformed("size", "is more than " + limit);
    }
    byte[] content = exactly((int) contentLeft);
    contentLeft = 0;
    return content;
  }

  /** The content of the present member as a stream, to be read before {@link #next}. */
  public InputStream stream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int at, int length) throws IOException {
        if (contentLeft == 0) {
          return length == 0 ? 0 : -1;
        }
        int count = in.read(target, at, (int) Math.min(length, contentLeft));
        if (count < 0) {
          throw malformed("content", "ends early");
        }
        contentLeft -= count;
        offset += count;
        return count;
      }
    };
  }

  private TarEntry entry(byte[] header, char type, long size, Map<String, String> records) {
    if (++entries > maxEntries) {
      throw malformed("entries", "are more than " + maxEntries);
    }
    if (records.keySet().stream().anyMatch(k -> k.startsWith("GNU.sparse"))) {
      throw malformed("GNU.sparse", "is not supported");
    }
    TarEntry.Type kind =
        switch (type) {
          case '0', '\0', '7' -> TarEntry.Type.FILE;
          case '1' -> TarEntry.Type.HARD_LINK;
          case '2' -> TarEntry.Type.SYMBOLIC_LINK;
          case '3' -> TarEntry.Type.CHARACTER_DEVICE;
          case '4' -> TarEntry.Type.BLOCK_DEVICE;
          case '5' -> TarEntry.Type.FOLDER;
          case '6' -> TarEntry.Type.FIFO;
          default -> throw malformed("typeflag", "is unknown");
        };
    long real = records.containsKey("size") ? decimal(records, "size") : size;
    if (kind != TarEntry.Type.FILE && real != 0) {
      throw malformed("size", "is not 0 for a member without content");
    }
    if (real > maxBytes - offset) {
      throw malformed("size", "goes beyond the limit of " + maxBytes + " bytes");
    }
    contentLeft = real;
    padding = (int) ((BLOCK - real % BLOCK) % BLOCK);
    String path = records.containsKey("path") ? records.get("path") : ustarPath(header);
    String link =
        records.containsKey("linkpath") ? records.get("linkpath") : field(header, 157, 100);
    return new TarEntry(
        normal(path == null ? "" : path, "name"),
        kind,
        (int) number(header, 100, 8, "mode") & 07777,
        records.containsKey("uid") ? decimal(records, "uid") : number(header, 108, 8, "uid"),
        records.containsKey("gid") ? decimal(records, "gid") : number(header, 116, 8, "gid"),
        real,
        switch (kind) {
          case HARD_LINK -> normal(link == null ? "" : link, "linkname");
          case SYMBOLIC_LINK -> link == null ? "" : link;
          default -> "";
        });
  }

  /** Relative, without empty names and {@code .}; a name {@code ..} is refused. */
  private String normal(String path, String field) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..") || name.indexOf('\0') >= 0) {
        throw malformed(field, "leaves the root or has a NUL");
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return String.join("/", names);
  }

  private String ustarPath(byte[] header) {
    String name = field(header, 0, 100);
    boolean ustar = new String(header, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
    String prefix = ustar ? field(header, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private Map<String, String> pax(byte[] content) {
    Map<String, String> records = new HashMap<>();
    int at = 0;
    while (at < content.length) {
      int blank = at;
      while (blank < content.length && content[blank] != ' ') {
        blank++;
      }
      String digits = new String(content, at, blank - at, StandardCharsets.ISO_8859_1);
      int length = digits.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(digits) : 0;
      if (length <= blank - at + 1
          || length > content.length - at
          || content[at + length - 1] != '\n') {
        throw malformed("pax record", "has a wrong length");
      }
      String record =
          new String(content, blank + 1, at + length - 1 - (blank + 1), StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals <= 0) {
        throw malformed("pax record", "has no '='");
      }
      records.put(record.substring(0, equals), record.substring(equals + 1));
      at += length;
    }
    return records;
  }

  private long decimal(Map<String, String> records, String name) {
    String text = records.getOrDefault(name, "");
    if (!text.matches("[0-9]{1,18}")) {
      throw malformed(name, "is no number");
    }
    return Long.parseLong(text);
  }

  /** Octal digits, or base 256 where the first bit is set (GNU). */
  private long number(byte[] header, int at, int length, String name) {
    if ((header[at] & 0x80) != 0) {
      long value = header[at] & 0x7f;
      for (int i = at + 1; i < at + length; i++) {
        if (value >>> 54 != 0) {
          throw malformed(name, "is too large");
        }
        value = value << 8 | (header[i] & 0xff);
      }
      return value;
    }
    String text = field(header, at, length).strip();
    if (!text.matches("[0-7]{0,20}")) {
      throw malformed(name, "is no octal number");
    }
    return text.isEmpty() ? 0 : Long.parseLong(text, 8);
  }

  private static String field(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }

  private void checksum(byte[] header) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != number(header, 148, 8, "chksum")) {
      throw malformed("chksum", "does not fit the header");
    }
  }

  private static boolean zero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] record) {
    int end = record.length;
    while (end > 0 && record[end - 1] == 0) {
      end--;
    }
    return new String(record, 0, end, StandardCharsets.UTF_8);
  }

  private byte[] record(long size) throws IOException {
    if (size > MAX_RECORD) {
      throw malformed("extended header", "is larger than " + MAX_RECORD + " bytes");
    }
    byte[] record = exactly((int) size);
    skip((BLOCK - size % BLOCK) % BLOCK);
    return record;
  }

  private byte[] block() throws IOException {
    return exactly(BLOCK);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    offset += bytes.length;
    if (bytes.length != length) {
      throw malformed("archive", "ends early");
    }
    if (offset > maxBytes) {
      throw malformed("archive", "is longer than " + maxBytes + " bytes");
    }
    return bytes;
  }

  private void skip(long length) throws IOException {
    byte[] buffer = new byte[(int) Math.min(length, 1 << 16)];
    for (long left = length; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw malformed("content", "ends early");
      }
      left -= count;
      offset += count;
    }
  }

  private MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException("tar", field, offset, problem);
  }
}
