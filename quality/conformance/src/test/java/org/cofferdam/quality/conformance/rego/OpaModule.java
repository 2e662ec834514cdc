// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.rego;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where Go keeps OPA's sources, once {@code go mod download} has fetched them. */
final class OpaModule {
  private OpaModule() {}

  static @Nullable Path folder() throws IOException, InterruptedException {
    Path folder = Path.of(System.getProperty("cofferdam.root"), "quality", "conformance", "opa");
    Process p;
    try {
      p =
          new ProcessBuilder(
                  "go", "list", "-m", "-f", "{{.Dir}}", "github.com/open-policy-agent/opa")
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return null;
    }
    String dir = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    boolean found = p.waitFor(1, TimeUnit.MINUTES) && p.exitValue() == 0;
    return found && !dir.isEmpty() && Files.isDirectory(Path.of(dir)) ? Path.of(dir) : null;
  }
}
