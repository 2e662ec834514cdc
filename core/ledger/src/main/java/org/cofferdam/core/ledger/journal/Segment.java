// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.journal;

import java.io.IOException;
import java.util.Locale;
import org.cofferdam.core.ledger.tiles.Disk;

/**
 * One file of a journal, named by the sequence number of its first record.
 *
 * @param first sequence number
 * @param length in bytes
 */
record Segment(long first, long length) {
  static final String DIRECTORY = "journal";

  private static final String SUFFIX = ".log";

  /** A new, empty file that a loss of power does not take away again. */
  static Segment create(Disk disk, long first) throws IOException {
    Segment segment = new Segment(first, 0);
    disk.write(segment.path(), new byte[0]);
    disk.force(segment.path());
    disk.forceDirectory(DIRECTORY);
    return segment;
  }

  /**
   * @throws IOException where the name is none that {@link #path()} makes
   */
  static Segment named(String name, long length) throws IOException {
    if (!name.matches("[0-9]{19}\\.log")) {
      throw new IOException(DIRECTORY + "/" + name + " is no journal file");
    }
    return new Segment(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), length);
  }

  String path() {
    return DIRECTORY + "/" + String.format(Locale.ROOT, "%019d", first) + SUFFIX;
  }

  Segment longer(int bytes) {
    return new Segment(first, length + bytes);
  }
}
