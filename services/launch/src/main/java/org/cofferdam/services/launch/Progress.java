// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch;

import java.time.Duration;

/** Told as work goes on; for display only. */
public interface Progress {
  /** Nobody watches. */
  Progress NONE =
      new Progress() {
        @Override
        public void step(String step, Duration took) {}

        @Override
        public void note(String text) {}
      };

  /** A step ended after this time. */
  void step(String step, Duration took);

  /** A line for people. */
  void note(String text);
}
