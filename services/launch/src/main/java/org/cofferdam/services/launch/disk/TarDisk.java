// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.disk;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Packs a folder as one plain ustar archive (POSIX.1-1988) onto a raw disk image: regular files and
 * folders, sorted by name, owner root, time zero.
 */
public final class TarDisk {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int PREFIX = 155;

  private TarDisk() {}

  /**
   * @throws IOException where a file cannot be read, is of another kind, or has a name too long for
   *     ustar
   */
  public static void pack(Path folder, Path disk) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.filter(p -> !p.equals(folder)).sorted().toList();
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(disk), 1 << 20)) {
      for (Path path : paths) {
        String name = folder.relativize(path).toString();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          out.write(header(name + "/", 0, '5'));
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          long size = Files.size(path);
          out.write(header(name, size, '0'));
          long written = Files.copy(path, out);
          if (written != size) {
            throw new IOException(path + " changed while it was packed");
          }
          out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
        } else {
          throw new IOException(path + " is neither a file nor a folder");
        }
      }
      out.write(new byte[2 * BLOCK]);
    }
  }

  private static byte[] header(String path, long size, char type) throws IOException {
    byte[] header = new byte[BLOCK];
    int slash = path.length() > NAME ? path.indexOf('/', path.length() - NAME - 1) : -1;
    String prefix = slash < 0 ? "" : path.substring(0, slash);
    String name = slash < 0 ? path : path.substring(slash + 1);
    boolean ascii = path.chars().allMatch(c -> c < 0x80);
    if (!ascii || name.length() > NAME || name.isEmpty() || prefix.length() > PREFIX) {
      throw new IOException(path + " is no name for a tar of this form");
    }
    put(header, 0, name);
    put(header, 100, type == '5' ? "0000755" : "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, String.format(Locale.ROOT, "%011o", size));
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar");
    put(header, 263, "00");
    put(header, 345, prefix);
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
