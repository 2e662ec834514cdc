// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cofferdam.core.bytes.json.Json;

/** A process that a later command finds again by its number and the time of its start. */
public final class SavedProcess {
  private SavedProcess() {}

  public static Json save(ProcessHandle process) {
    return Json.object().put("pid", process.pid()).put("started", started(process)).build();
  }

  /** Only the very process: a number may have been given to another since. */
  public static Optional<ProcessHandle> find(Json.Obj saved) {
    return ProcessHandle.of(saved.integer("pid"))
        .filter(ProcessHandle::isAlive)
        .filter(p -> started(p).equals(saved.string("started")));
  }

  /** Waits for its end, and says whether it came. */
  public static boolean ended(ProcessHandle process, Duration limit) {
    CompletableFuture<ProcessHandle> end = process.onExit();
    try {
      end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}
