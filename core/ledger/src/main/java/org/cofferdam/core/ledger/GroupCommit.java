// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share one forced write: whoever holds the lock commits for all that wait, while
 * the next ones gather. It starts no thread.
 *
 * @param <I> what one caller wants committed
 * @param <R> what it gets back
 */
public final class GroupCommit<I, R> {
  private final int limit;
  private final Batch<I, R> batch;
  private final Queue<Waiter<I, R>> waiting = new ArrayDeque<>();
  private final ReentrantLock turn = new ReentrantLock();

  /**
   * @param limit most items in one batch
   */
  public GroupCommit(int limit, Batch<I, R> batch) {
    this.limit = limit;
    this.batch = batch;
  }

  /**
   * Waits until the item's batch is durable.
   *
   * @throws IOException where the batch failed; the item is not acknowledged then
   */
  public R commit(I item) throws IOException {
    Waiter<I, R> mine = new Waiter<>(item);
    synchronized (waiting) {
      waiting.add(mine);
    }
    turn.lock();
    try {
      while (!mine.done) {
        commitNext();
      }
    } finally {
      turn.unlock();
    }
    if (mine.result == null) {
      throw new IOException("the batch was not committed", mine.failure);
    }
    return mine.result;
  }

  private void commitNext() {
    List<Waiter<I, R>> taken = new ArrayList<>();
    synchronized (waiting) {
      while (taken.size() < limit && !waiting.isEmpty()) {
        taken.add(waiting.remove());
      }
    }
    List<R> results = List.of();
    Throwable failure = null;
    try {
      results = batch.commit(taken.stream().map(waiter -> waiter.item).toList());
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
    for (int i = 0; i < taken.size(); i++) {
      Waiter<I, R> waiter = taken.get(i);
      waiter.result = i < results.size() ? results.get(i) : null;
      waiter.failure = failure;
      waiter.done = true;
    }
  }

  /**
   * Commits items in their order, as one.
   *
   * @param <I> what one caller wants committed
   * @param <R> what it gets back
   */
  @FunctionalInterface
  public interface Batch<I, R> {
    /** Returns one result an item once all are durable, or throws and has committed none. */
    List<R> commit(List<I> items) throws IOException;
  }

  private static final class Waiter<I, R> {
    private final I item;
    private @Nullable R result;
    private @Nullable Throwable failure;
    private boolean done;

    Waiter(I item) {
      this.item = item;
    }
  }
}
