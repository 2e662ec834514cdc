// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program of the machine to its end, with a time limit. */
public final class Tool {
  private static final int LAST_CHARACTERS = 600;

  private Tool() {}

  /** Runs without changes to the environment. */
  public static String run(Path directory, Duration limit, List<String> command)
      throws IOException, InterruptedException, LaunchException {
    return run(directory, limit, Map.of(), command);
  }

  /**
   * Its output, both streams together.
   *
   * @throws LaunchException where it fails or takes longer; the message ends with its last output
   */
  public static String run(
      Path directory, Duration limit, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException, LaunchException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<byte[]> output = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                output.complete(process.getInputStream().readAllBytes());
              } catch (IOException e) {
                output.completeExceptionally(e);
              }
            });
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LaunchException(
            command.getFirst() + " did not end within " + limit.toSeconds() + " s.",
            "Try again on a less busy machine.");
      }
      String text = new String(output.join(), StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new LaunchException(
            command.getFirst() + " failed with " + process.exitValue() + ": " + tail(text),
            "Run it by hand: " + String.join(" ", command));
      }
      return text;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String tail(String text) {
    String trimmed = text.strip();
    return trimmed.substring(Math.max(0, trimmed.length() - LAST_CHARACTERS));
  }
}
