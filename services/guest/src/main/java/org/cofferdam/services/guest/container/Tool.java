// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Programs of the guest that do one thing and end. */
final class Tool {
  private Tool() {}

  /**
   * @throws IOException where it cannot be started or ends with another status than 0; holds what
   *     it printed
   */
  static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
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
