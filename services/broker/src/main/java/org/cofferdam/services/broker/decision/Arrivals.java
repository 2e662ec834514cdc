// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.decision;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes those who wait for the next decision. */
public final class Arrivals {
  private final Lock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private long last = -1;
  private boolean ended;

  void arrived(long sequence) {
    lock.lock();
    try {
      last = Math.max(last, sequence);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The last number that was announced; take it before looking, wait beyond it after. */
  public long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a decision after {@code seen}.
   *
   * @return false where none came in time, or the server ends
   */
  public boolean awaitBeyond(long seen, Duration most) throws InterruptedException {
    lock.lock();
    try {
      long left = most.toNanos();
      while (last <= seen) {
        if (left <= 0 || ended) {
          return false;
        }
        left = more.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets everybody who waits go, for good: the server ends. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** True once nobody waits any more. */
  public boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }
}
