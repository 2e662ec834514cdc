// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * OPA's own evaluation cases, from the Go module that {@code quality/conformance/opa/go.mod} names
 * ({@code go mod download} fetches it).
 */
@Tag("foreign")
class OpaConformanceTest {
  @Test
  void allPublishedCasesPass() throws Exception {
    Path module = module();
    assumeTrue(module != null, "OPA's Go module is not there");
    List<OpaCases.Outcome> all = OpaCases.run(module.resolve("v1/test/cases/testdata"));
    assertThat(all).hasSizeGreaterThan(4000);
    assertThat(all).filteredOn(o -> !o.failure().isEmpty()).isEmpty();
    System.out.println("all " + all.size() + " cases pass");
  }

  private static @Nullable Path module() throws IOException, InterruptedException {
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
