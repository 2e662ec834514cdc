// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that writes. Everything that waits when it is free goes into one transaction, so
 * that many callers share one forced write; each caller has a savepoint, so that one failure undoes
 * only its own writes. Nobody is answered before the commit is on disk.
 */
final class GroupCommit implements AutoCloseable {
  private static final int BATCH = 256;
  private static final int WAITING = 10_000;

  private final Connections connections;
  private final String begin;
  private final BlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>(WAITING);
  private final Thread thread;
  private volatile boolean closed;

  /** The connection to write on. */
  @FunctionalInterface
  interface Connections {
    /**
     * A connection that is believed to work.
     *
     * @throws SQLException where there is none
     */
    Connection get() throws SQLException;
  }

  /**
   * @param begin the command that begins a transaction which will write
   */
  GroupCommit(Connections connections, String begin) {
    this.connections = connections;
    this.begin = begin;
    this.thread = Thread.ofPlatform().name("store-writer").daemon(true).unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  <R> R run(Database.Work<R> work) throws IOException {
    Task<R> task = new Task<>(work);
    if (closed || !queue.offer(task)) {
      throw new IOException(closed ? "the store is closed" : "the store has too much waiting");
    }
    if (closed) {
      refuseWaiting();
    }
    try {
      return task.done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the store", e);
    } catch (ExecutionException e) {
      throw task.failure(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    refuseWaiting();
  }

  private void loop() {
    List<Task<?>> batch = new ArrayList<>();
    while (!closed) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        continue;
      }
      queue.drainTo(batch, BATCH - 1);
      commit(batch);
      batch.clear();
    }
  }

  private void commit(List<Task<?>> batch) {
    try {
      commit(connections.get(), batch);
    } catch (SQLException | RuntimeException e) {
      batch.forEach(task -> task.done.completeExceptionally(e));
    }
  }

  private void commit(Connection connection, List<Task<?>> batch) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(begin);
      for (Task<?> task : batch) {
        statement.execute("SAVEPOINT task");
        if (!task.run(connection)) {
          statement.execute("ROLLBACK TO task");
        }
        statement.execute("RELEASE task");
      }
      statement.execute("COMMIT");
      batch.forEach(Task::acknowledge);
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    }
  }

  private static void rollBack(Connection connection, Exception cause) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // The engine has rolled back by itself where the transaction or the connection is gone.
      cause.addSuppressed(e);
    }
  }

  private void refuseWaiting() {
    List<Task<?>> left = new ArrayList<>();
    queue.drainTo(left);
    left.forEach(task -> task.done.completeExceptionally(new IOException("the store is closed")));
  }

  private static final class Task<R> {
    private final Database.Work<R> work;
    private final CompletableFuture<R> done = new CompletableFuture<>();
    private final List<R> result = new ArrayList<>(1);
    private final List<Exception> problem = new ArrayList<>(1);

    Task(Database.Work<R> work) {
      this.work = work;
    }

    boolean run(Connection connection) {
      try {
        result.add(work.run(connection));
        return true;
      } catch (SQLException | IOException | RuntimeException e) {
        problem.add(e);
        return false;
      }
    }

    void acknowledge() {
      if (problem.isEmpty()) {
        done.complete(result.getFirst());
      } else {
        done.completeExceptionally(problem.getFirst());
      }
    }

    /** The failure for the caller: its own kind where it is one that the caller knows. */
    IOException failure(Throwable cause) {
      return switch (cause) {
        case IOException e -> e;
        case RuntimeException e -> throw e;
        default -> new IOException("the store could not be written: " + cause.getMessage(), cause);
      };
    }
  }
}
