// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.IOException;
import java.nio.file.Path;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.Progress;

/** Starts guests. */
public interface GuestDriver {
  /**
   * Packs {@code run/pod} as the pod disk, makes a software TPM, and starts the guest from {@code
   * run/guest} as those files now are. On failure nothing is left running.
   *
   * @param run a launch folder with {@code pod/} and {@code guest/}
   */
  RunningGuest launch(Path run, LaunchOptions options, Progress progress)
      throws IOException, InterruptedException, LaunchException;
}
