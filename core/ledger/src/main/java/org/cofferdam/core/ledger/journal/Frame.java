// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.cofferdam.core.ledger.Submission;

/**
 * One batch in a journal file. All numbers are big endian:
 *
 * <pre>
 * u32 magic "CFJ1" · u32 length of the body · u32 CRC-32C over (u64 first sequence number, body)
 * body: for each submission u32 length, record, u32 count, then for each content u32 length, bytes
 * </pre>
 *
 * The checksum finds batches that a loss of power cut short; it is no protection against people.
 */
final class Frame {
  private static final int MAGIC = 0x43464a31;
  private static final int HEADER = 12;

  private Frame() {}

  static byte[] encode(long firstSequence, List<Submission> submissions) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER + bodyLength(submissions));
    frame.position(HEADER);
    for (Submission submission : submissions) {
      put(frame, submission.record());
      List<byte[]> content = submission.content();
      frame.putInt(content.size());
      content.forEach(bytes -> put(frame, bytes));
    }
    byte[] bytes = frame.array();
    frame.putInt(0, MAGIC).putInt(4, bytes.length - HEADER);
    frame.putInt(8, checksum(firstSequence, bytes, HEADER, bytes.length - HEADER));
    return bytes;
  }

  /** Whether a whole batch starts at {@code offset}, and how many bytes it takes. */
  static Optional<Integer> lengthAt(byte[] file, int offset, long firstSequence) {
    if (file.length - offset < HEADER) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(file, offset, HEADER);
    int magic = header.getInt();
    int length = header.getInt();
    if (magic != MAGIC || length < 0 || length > file.length - offset - HEADER) {
      return Optional.empty();
    }
    boolean whole = header.getInt() == checksum(firstSequence, file, offset + HEADER, length);
    return whole ? Optional.of(HEADER + length) : Optional.empty();
  }

  /**
   * Whether the batch at {@code offset}, which is not whole, has a whole one behind it. That one
   * was only written after this one was durable, so this one was damaged later.
   */
  static boolean isFollowed(byte[] file, int offset, long firstSequence) {
    if (file.length - offset < HEADER) {
      return false;
    }
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(file).getInt(offset + 4));
    long next = offset + HEADER + length;
    if (next >= file.length) {
      return false;
    }
    for (int count = 1; count <= JournalOutbox.MAX_BATCH; count++) {
      if (lengthAt(file, (int) next, firstSequence + count).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The submissions of a whole batch. */
  static List<Submission> decode(byte[] frame) {
    ByteBuffer body = ByteBuffer.wrap(frame, HEADER, frame.length - HEADER);
    List<Submission> submissions = new ArrayList<>();
    while (body.hasRemaining()) {
      byte[] record = take(body);
      List<byte[]> content = new ArrayList<>();
      for (int left = body.getInt(); left > 0; left--) {
        content.add(take(body));
      }
      submissions.add(new Submission(record, content));
    }
    return submissions;
  }

  private static int bodyLength(List<Submission> submissions) {
    int length = 0;
    for (Submission submission : submissions) {
      length = Math.addExact(length, 8 + submission.record().length);
      for (byte[] content : submission.content()) {
        length = Math.addExact(length, 4 + content.length);
      }
    }
    return length;
  }

  private static int checksum(long firstSequence, byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(8).putLong(0, firstSequence));
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static void put(ByteBuffer to, byte[] bytes) {
    to.putInt(bytes.length).put(bytes);
  }

  private static byte[] take(ByteBuffer from) {
    byte[] bytes = new byte[from.getInt()];
    from.get(bytes);
    return bytes;
  }
}
