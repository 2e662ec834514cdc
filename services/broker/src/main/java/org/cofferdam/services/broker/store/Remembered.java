// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something of the store that is read once, until it is forgotten. What was read before a change is
 * not remembered after it, however long the reading took.
 *
 * @param <T> what is read
 */
public final class Remembered<T> {
  private final Database database;
  private final Database.Work<T> load;
  private volatile @Nullable Held<T> held;
  private long changes;

  private record Held<T>(T value) {}

  public Remembered(Database database, Database.Work<T> load) {
    this.database = database;
    this.load = load;
  }

  public T get() throws IOException {
    Held<T> known = held;
    if (known != null) {
      return known.value();
    }
    long before = changes();
    T value = database.read(load);
    remember(value, before);
    return value;
  }

  /** Looks into the database again at the next question. */
  public synchronized void forget() {
    changes++;
    held = null;
  }

  private synchronized long changes() {
    return changes;
  }

  private synchronized void remember(T value, long before) {
    if (changes == before) {
      held = new Held<>(value);
    }
  }
}
