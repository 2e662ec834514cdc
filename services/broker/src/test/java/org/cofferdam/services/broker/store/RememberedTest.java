// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedTest {
  @TempDir Path folder;

  @Test
  void itIsReadOnceUntilItIsForgotten() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    try (Database database = SqliteDatabase.open(folder)) {
      Remembered<Integer> remembered =
          new Remembered<>(database, connection -> reads.incrementAndGet());
      assertThat(remembered.get()).isEqualTo(1);
      assertThat(remembered.get()).isEqualTo(1);
      remembered.forget();
      assertThat(remembered.get()).isEqualTo(2);
    }
  }

  @Test
  void whatWasReadBeforeAChangeIsNotRememberedAfterIt() throws Exception {
    AtomicReference<String> stored = new AtomicReference<>("before");
    AtomicReference<Runnable> change = new AtomicReference<>();
    try (Database database = SqliteDatabase.open(folder)) {
      Remembered<String> remembered =
          new Remembered<>(
              database,
              connection -> {
                String read = stored.get();
                change.getAndSet(() -> {}).run();
                return read;
              });
      change.set(
          () -> {
            stored.set("after");
            remembered.forget();
          });
      assertThat(remembered.get()).isEqualTo("before");
      assertThat(remembered.get()).isEqualTo("after");
    }
  }
}
