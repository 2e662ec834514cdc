// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.cofferdam.core.ledger.GroupCommit;
import org.cofferdam.core.ledger.Outbox;
import org.cofferdam.core.ledger.Submission;
import org.cofferdam.core.ledger.tiles.Disk;

/**
 * An outbox in append-only files. Callers that come together share one forced write. There is no
 * other store in the transaction: an effect runs before the write, and the write does not undo it.
 * After a failed write nothing more is accepted until the journal is opened again.
 */
public final class JournalOutbox implements Outbox<JournalOutbox.NoStore> {
  static final int MAX_BATCH = 512;

  private static final long SEGMENT_BYTES = 8L << 20;

  private final Disk disk;
  private final long segmentBytes;
  private final GroupCommit<Submission, Long> commits;
  private final TreeMap<Long, Stored> batches;
  private final TreeMap<Long, Segment> segments;
  private Segment active;
  private long size;
  private boolean broken;

  private JournalOutbox(Disk disk, long segmentBytes, Recovery recovered) {
    this.disk = disk;
    this.segmentBytes = segmentBytes;
    this.batches = recovered.batches();
    this.segments = recovered.segments();
    this.active = segments.lastEntry().getValue();
    this.size = recovered.size();
    this.commits = new GroupCommit<>(MAX_BATCH, this::write);
  }

  /** Opens a journal with files of about 8 MiB. */
  public static JournalOutbox open(Disk disk) throws IOException {
    return open(disk, SEGMENT_BYTES);
  }

  /**
   * Opens the journal in the folder {@code journal} of the disk. What a loss of power cut short was
   * never acknowledged and is removed.
   *
   * @param segmentBytes a file that has grown beyond it gets a successor
   * @throws IOException where a file is damaged in a way that no loss of power explains
   */
  public static JournalOutbox open(Disk disk, long segmentBytes) throws IOException {
    return new JournalOutbox(disk, segmentBytes, Recovery.run(disk));
  }

  @Override
  public long append(Submission submission, Effect<? super NoStore> effect) throws IOException {
    effect.apply(NoStore.NONE);
    return commits.commit(submission);
  }

  @Override
  public synchronized List<Submission> read(long from, int limit) throws IOException {
    List<Submission> found = new ArrayList<>();
    if (from < size && batches.floorKey(from) == null) {
      throw new IOException("the journal does not have record " + from + " any more");
    }
    long next = from;
    while (found.size() < limit && next < size) {
      Map.Entry<Long, Stored> batch = Objects.requireNonNull(batches.floorEntry(next));
      Stored at = batch.getValue();
      List<Submission> all = Frame.decode(disk.read(at.path(), at.offset(), at.length()));
      for (int i = (int) (next - batch.getKey()); i < all.size() && found.size() < limit; i++) {
        found.add(all.get(i));
        next++;
      }
    }
    return found;
  }

  @Override
  public synchronized long size() {
    return size;
  }

  @Override
  public synchronized void trim(long before) throws IOException {
    Long next = segments.higherKey(segments.firstKey());
    while (next != null && next <= before) {
      disk.delete(segments.pollFirstEntry().getValue().path());
      // One at a time, so that a loss of power leaves no gap.
      disk.forceDirectory(Segment.DIRECTORY);
      batches.headMap(next).clear();
      next = segments.higherKey(next);
    }
  }

  /** Called by one thread at a time: the group commit sees to it. */
  private List<Long> write(List<Submission> submissions) throws IOException {
    if (broken) {
      throw new IOException("an earlier write failed: the journal must be opened again");
    }
    broken = true;
    long first = size();
    if (active.length() > segmentBytes) {
      active = Segment.create(disk, first);
    }
    byte[] frame = Frame.encode(first, submissions);
    disk.append(active.path(), frame);
    disk.force(active.path());
    Stored stored = new Stored(active.path(), active.length(), frame.length);
    active = active.longer(frame.length);
    synchronized (this) {
      batches.put(first, stored);
      segments.put(active.first(), active);
      size = first + submissions.size();
    }
    broken = false;
    return LongStream.range(first, first + submissions.size()).boxed().toList();
  }

  /** The transaction of a store that is not there. */
  public enum NoStore {
    NONE
  }
}
