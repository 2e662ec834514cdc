// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> results = Collections.synchronizedList(new ArrayList<>());

  @Test
  void whoWaitsDuringACommitSharesTheNextOne() throws Exception {
    CountDownLatch firstIsIn = new CountDownLatch(1);
    CountDownLatch othersWait = new CountDownLatch(1);
    GroupCommit<Integer, Integer> commits =
        new GroupCommit<>(
            4,
            items -> {
              if (batches.isEmpty()) {
                firstIsIn.countDown();
                await(othersWait);
              }
              batches.add(items);
              return items.stream().map(i -> i * 10).toList();
            });
    List<Thread> threads = new ArrayList<>();
    threads.add(start(commits, 0));
    firstIsIn.await();
    for (int i = 1; i <= 6; i++) {
      threads.add(start(commits, i));
    }
    for (Thread thread : threads.subList(1, threads.size())) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    othersWait.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(batches.stream().map(List::size)).containsExactly(1, 4, 2);
    assertThat(results).containsExactlyInAnyOrder(0, 10, 20, 30, 40, 50, 60);
  }

  @Test
  void aBatchThatFailsAcknowledgesNothing() {
    GroupCommit<Integer, Integer> commits =
        new GroupCommit<>(
            4,
            items -> {
              throw new IOException("disk full");
            });
    assertThatThrownBy(() -> commits.commit(1)).rootCause().hasMessage("disk full");
  }

  @Test
  void aBatchThatAnswersTooLittleAcknowledgesNothing() {
    GroupCommit<Integer, Integer> commits = new GroupCommit<>(4, items -> List.of());
    assertThatThrownBy(() -> commits.commit(1)).isInstanceOf(IOException.class);
  }

  private Thread start(GroupCommit<Integer, Integer> commits, int item) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                results.add(commits.commit(item));
              } catch (IOException e) {
                results.add(-1);
              }
            });
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
