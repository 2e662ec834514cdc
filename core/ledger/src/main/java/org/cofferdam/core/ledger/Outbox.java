// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.io.IOException;
import java.util.List;

/**
 * The durable queue in front of the log. A record is committed here together with what it tells of
 * and with the content it names; that commit is the receipt, and tiles and content files follow.
 * Sequence numbers start at 0, have no gaps, and are the indexes of the log. Implementations are
 * safe for many threads.
 *
 * @param <T> the open transaction of the store underneath
 */
public interface Outbox<T> {
  /**
   * Writes the submission and runs {@code effect} in one transaction, and returns only when both
   * would survive a loss of power. After an exception neither is acknowledged.
   *
   * @return the sequence number
   */
  long append(Submission submission, Effect<? super T> effect) throws IOException;

  /**
   * Committed submissions in order, beginning with {@code from} itself, never one whose commit
   * could still be lost.
   *
   * @param from first sequence number wanted
   * @param limit most submissions wanted
   * @throws IOException where {@code from} was trimmed: that is not the same as being the next one
   */
  List<Submission> read(long from, int limit) throws IOException;

  /** How many submissions were ever committed: the next sequence number. */
  long size() throws IOException;

  /** Submissions below {@code before} are durable in the log, and may be dropped here. */
  void trim(long before) throws IOException;

  /**
   * What else the transaction writes.
   *
   * @param <T> the open transaction
   */
  @FunctionalInterface
  interface Effect<T> {
    void apply(T transaction) throws IOException;
  }
}
