// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * Reads a tar archive once, front to back: ustar (POSIX.1-1988) with the pax keywords {@code path},
 * {@code linkpath}, {@code size}, {@code uid}, {@code gid} (POSIX.1-2001) and GNU's long names.
 * Every number, checksum and length is checked; sparse files and unknown members are refused. The
 * archive ends with a block of zeros; what follows it is the caller's.
 */
public final class TarReader {
  private static final int BLOCK = 512;
  private static final int LARGEST_EXTENSION = 1 << 20;

  private final InputStream in;
  private final long limit;
  private final byte[] block = new byte[BLOCK];
  private final byte[] buffer = new byte[1 << 16];
  private long position;
  private long left;
  private long padding;

  /**
   * @param limit most bytes to read in all, headers included
   */
  public TarReader(InputStream in, long limit) {
    this.in = in;
    this.limit = limit;
  }

  /** The next member, after what is left of the present one; empty at the end of the archive. */
  public Optional<TarEntry> next() throws IOException {
    copy(OutputStream.nullOutputStream());
    PaxOverrides pax = PaxOverrides.NONE;
    while (true) {
      long at = position;
      read(block, BLOCK, "header");
      TarHeader header = new TarHeader(block, at);
      if (header.blank()) {
        return Optional.empty();
      }
      header.check();
      switch (header.typeFlag()) {
        case 'x' -> pax = pax.and(PaxOverrides.parse(extension(header), at));
        case 'L' -> pax = pax.withPath(text(extension(header), at));
        case 'K' -> pax = pax.withLinkPath(text(extension(header), at));
        case 'g' -> extension(header); // comments of the archiver
        default -> {
          TarEntry entry = pax.apply(header);
          if (entry.type() != TarType.FILE && (header.size() != 0 || pax.size() > 0)) {
            throw header.malformed("size", "is not 0 for a member without content");
          }
          begin(entry.size());
          return Optional.of(entry);
        }
      }
    }
  }

  /** Writes the content of the present member, which can be done once. */
  public void copy(OutputStream out) throws IOException {
    while (left > 0) {
      int count = (int) Math.min(buffer.length, left);
      read(buffer, count, "content");
      out.write(buffer, 0, count);
      left -= count;
    }
    while (padding > 0) {
      int count = (int) padding;
      read(block, count, "padding");
      padding = 0;
    }
  }

  /** Bytes read so far. */
  public long position() {
    return position;
  }

  private void begin(long size) {
    left = size;
    padding = (BLOCK - size % BLOCK) % BLOCK;
  }

  private byte[] extension(TarHeader header) throws IOException {
    if (header.size() > LARGEST_EXTENSION) {
      throw header.malformed("size", "is too long for an extended header");
    }
    begin(header.size());
    byte[] content = new byte[(int) left];
    read(content, content.length, "extended header");
    left = 0;
    copy(OutputStream.nullOutputStream());
    return content;
  }

  private static String text(byte[] content, long at) {
    if (content.length == 0 || content[content.length - 1] != 0) {
      throw new MalformedEvidenceException("tar", "long name", at, "does not end with NUL");
    }
    return new String(content, 0, content.length - 1, StandardCharsets.UTF_8);
  }

  private void read(byte[] into, int count, String field) throws IOException {
    if (position + count > limit) {
      throw new MalformedEvidenceException("tar", field, position, "goes beyond the size allowed");
    }
    if (in.readNBytes(into, 0, count) != count) {
      throw new MalformedEvidenceException("tar", field, position, "ends early");
    }
    position += count;
  }
}
