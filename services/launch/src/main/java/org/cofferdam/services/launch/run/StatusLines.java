// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/** What a guest says of itself, read from the file that it grows. */
public final class StatusLines {
  private final Path file;
  private int read;

  public StatusLines(Path file) {
    this.file = file;
  }

  /** The next whole line; what is no JSON object with a step is skipped. */
  public Optional<GuestStatus> next() throws IOException {
    byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    while (true) {
      int end = read;
      while (end < all.length && all[end] != '\n') {
        end++;
      }
      if (end >= all.length) {
        return Optional.empty();
      }
      String text = new String(all, read, end - read, StandardCharsets.UTF_8);
      read = end + 1;
      Optional<GuestStatus> status = status(text);
      if (status.isPresent()) {
        return status;
      }
    }
  }

  /** Empty for anything else: host and guest may write what they like, nothing is decided by it. */
  private static Optional<GuestStatus> status(String text) {
    try {
      Json.Obj line = Json.parse(text.getBytes(StandardCharsets.UTF_8)).asObject("status");
      return Optional.of(new GuestStatus(line.string("step"), line.integer("millis"), line));
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }
}
