// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.journal;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.cofferdam.core.ledger.tiles.Disk;

/**
 * Finds what a journal holds after whatever happened.
 *
 * @param batches by the sequence number of their first record
 * @param segments by the sequence number of their first record; at least one
 * @param size the next sequence number
 */
record Recovery(TreeMap<Long, Stored> batches, TreeMap<Long, Segment> segments, long size) {

  static Recovery run(Disk disk) throws IOException {
    disk.createDirectory(Segment.DIRECTORY);
    disk.forceDirectory("");
    List<String> names = disk.list(Segment.DIRECTORY);
    TreeMap<Long, Stored> batches = new TreeMap<>();
    TreeMap<Long, Segment> segments = new TreeMap<>();
    long size = names.isEmpty() ? 0 : Segment.named(names.getFirst(), 0).first();
    for (Iterator<String> each = names.iterator(); each.hasNext(); ) {
      Segment segment = Segment.named(each.next(), 0);
      if (segment.first() != size) {
        throw new IOException(segment.path() + " does not follow: records before it are missing");
      }
      byte[] file = disk.read(segment.path()).orElseThrow();
      int end = 0;
      for (Optional<Integer> frame = Frame.lengthAt(file, end, size);
          frame.isPresent();
          frame = Frame.lengthAt(file, end, size)) {
        int length = frame.get();
        batches.put(size, new Stored(segment.path(), end, length));
        size += Frame.decode(Arrays.copyOfRange(file, end, end + length)).size();
        end += length;
      }
      if (end < file.length) {
        if (each.hasNext() || Frame.isFollowed(file, end, size)) {
          throw new IOException(segment.path() + " is damaged at byte " + end);
        }
        disk.truncate(segment.path(), end);
      }
      // A process that died may have left bytes that were never forced; now they count.
      disk.force(segment.path());
      segments.put(segment.first(), new Segment(segment.first(), end));
    }
    disk.forceDirectory(Segment.DIRECTORY);
    if (segments.isEmpty()) {
      segments.put(0L, Segment.create(disk, 0));
    }
    return new Recovery(batches, segments, size);
  }
}
