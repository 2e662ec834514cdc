// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.cofferdam.services.launch.LaunchException;

/** A guest that was started and lives on when this object is dropped; {@link #stop} ends it. */
public interface RunningGuest {
  /** Which program runs it, for people. */
  String kind();

  /** Process of that program. */
  long pid();

  /** The run's folder. */
  Path folder();

  /** Loopback port at which the pod's service answers once it is ready. */
  int port();

  /** Next line of the agent, or empty when {@code wait} is over or the guest has ended. */
  Optional<GuestStatus> nextStatus(Duration wait) throws IOException, InterruptedException;

  boolean alive();

  /**
   * Processor time that this program has used so far, or when it was last looked at while it lived.
   */
  Duration cpuTime();

  /** Ends all that belongs to it and removes what was for this run only; idempotent. */
  void stop() throws IOException, LaunchException;
}
