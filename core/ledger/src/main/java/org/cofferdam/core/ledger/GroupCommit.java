// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share one forced write: whoever comes first commits for all that wait, while
 * the next ones gather. It starts no thread.
 *
 * @param <I> what one caller wants committed
 * @param <R> what it gets back
 */
public final class GroupCommit<I, R> {
  private final int limit;
  private final Batch<I, R> batch;
  private final Queue<Waiter<I, R>> waiting = new ArrayDeque<>();
  private boolean busy;

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
    synchronized (this) {
      waiting.add(mine);
    }
    while (awaitTurn(mine)) {
      commitNext();
    }
    if (mine.result == null) {
      throw new IOException("the batch was not committed", mine.failure);
    }
    return mine.result;
  }

  /** Whether the caller has to commit the next batch; false once its own item was in one. */
  private synchronized boolean awaitTurn(Waiter<I, R> mine) {
    boolean interrupted = false;
    while (busy && !mine.done) {
      try {
        wait();
      } catch (InterruptedException e) {
        // The item may be on its way to the disk: the caller has to learn whether it arrived.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!mine.done) {
      busy = true;
      return true;
    }
    return false;
  }

  private void commitNext() {
    List<Waiter<I, R>> taken = take();
    List<R> results = List.of();
    Throwable failure = null;
    try {
      results = batch.commit(taken.stream().map(waiter -> waiter.item).toList());
    } catch (IOException | RuntimeException e) {
      failure = e;
    } finally {
      finish(taken, results, failure);
    }
  }

  private synchronized List<Waiter<I, R>> take() {
    List<Waiter<I, R>> taken = new ArrayList<>();
    while (taken.size() < limit && !waiting.isEmpty()) {
      taken.add(waiting.remove());
    }
    return taken;
  }

  private synchronized void finish(
      List<Waiter<I, R>> taken, List<R> results, @Nullable Throwable failure) {
    for (int i = 0; i < taken.size(); i++) {
      Waiter<I, R> waiter = taken.get(i);
      waiter.result = i < results.size() ? results.get(i) : null;
      waiter.failure = failure;
      waiter.done = true;
    }
    busy = false;
    notifyAll();
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
