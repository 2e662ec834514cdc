// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The programs of the guest that the agent calls: {@code mount}, {@code umount}, {@code runc}. */
public interface Programs {
  /** Those on the PATH. */
  Programs SYSTEM =
      command ->
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .start();

  /** Starts a program without input; what it prints on either stream is its output. */
  Process start(String... command) throws IOException;

  /**
   * Runs a program that does one thing and ends.
   *
   * @throws IOException where it cannot be started or ends with another status than 0; holds what
   *     it printed
   */
  default void run(String... command) throws IOException {
    Process process = start(command);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    process.getInputStream().transferTo(output);
    try {
      int status = process.waitFor();
      if (status != 0) {
        String text = output.toString(StandardCharsets.UTF_8).strip();
        throw new IOException(command[0] + " ended with " + status + ": " + text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command[0], e);
    }
  }
}
