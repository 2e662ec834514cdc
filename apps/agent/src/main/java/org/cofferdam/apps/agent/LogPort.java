// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.container.LogSink;
import org.jspecify.annotations.Nullable;

/** Hands lines to the host as JSON; opened with the first line. */
final class LogPort implements LogSink {
  private final Path port;
  private @Nullable OutputStream out;

  LogPort(Path port) {
    this.port = port;
  }

  @Override
  public synchronized void line(String container, String line) {
    Json json = Json.object().put("container", container).put("line", line).build();
    try {
      OutputStream open =
          out == null
              ? Files.newOutputStream(port, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
              : out;
      out = open;
      open.write((json.write() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      System.err.println("log port: " + e.getMessage());
    }
  }
}
