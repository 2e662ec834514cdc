// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A container whose runtime stays in the foreground: it ends when the container does. */
public final class RunningContainer {
  private final String id;
  private final String name;
  private final Process process;
  private final Thread reader;

  RunningContainer(String id, String name, Process process, LogSink logs) {
    this.id = id;
    this.name = name;
    this.process = process;
    this.reader = Thread.ofVirtual().name("logs-" + name).start(() -> read(logs));
  }

  String id() {
    return id;
  }

  /** Waits for the end; the exit status is the container's. */
  public int await() throws InterruptedException {
    int status = process.waitFor();
    reader.join();
    return status;
  }

  private void read(LogSink logs) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        logs.line(name, line);
      }
    } catch (IOException e) {
      // The pipe breaks when the container is killed; what it printed before was passed on.
      logs.line(name, "(end of output: " + e.getMessage() + ")");
    }
  }
}
