// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.disk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A {@code newc} archive for an initrd (Linux {@code buffer-format.rst}): entries in the order
 * given, owner root, time zero, so that equal content gives equal bytes.
 */
public final class CpioArchive {
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;
  private static final int ALIGNMENT = 4;
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int inode;

  public CpioArchive folder(String name) {
    return entry(name, FOLDER | 0755, new byte[0]);
  }

  public CpioArchive file(String name, boolean executable, byte[] content) {
    return entry(name, REGULAR | (executable ? 0755 : 0644), content);
  }

  public CpioArchive link(String name, String target) {
    return entry(name, LINK | 0777, target.getBytes(StandardCharsets.UTF_8));
  }

  /** The archive with its trailer; nothing can be added afterwards. */
  public byte[] finish() {
    inode = -1;
    entry("TRAILER!!!", 0, new byte[0]);
    pad(BLOCK);
    return out.toByteArray();
  }

  private CpioArchive entry(String name, int mode, byte[] content) {
    byte[] path = (name + "\0").getBytes(StandardCharsets.UTF_8);
    inode++;
    int links = (mode & 0170000) == FOLDER ? 2 : 1;
    // magic, inode, mode, uid, gid, links, mtime, size, devices (4), name size, checksum
    int[] fields = {inode, mode, 0, 0, links, 0, content.length, 0, 0, 0, 0, path.length, 0};
    StringBuilder header = new StringBuilder("070701");
    for (int field : fields) {
      header.append(String.format(Locale.ROOT, "%08x", field));
    }
    out.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(path);
    pad(ALIGNMENT);
    out.writeBytes(content);
    pad(ALIGNMENT);
    return this;
  }

  private void pad(int alignment) {
    out.writeBytes(new byte[(alignment - out.size() % alignment) % alignment]);
  }
}
