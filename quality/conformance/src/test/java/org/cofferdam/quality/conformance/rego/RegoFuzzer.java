// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.rego;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.Limits;
import org.cofferdam.core.rego.RegoCompiler;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.Value;

/**
 * Parses, compiles and evaluates what a fuzzer makes up. The only exception that may come out is
 * {@link RegoException}. Run by Jazzer with {@code --target_class}; the random policies of the
 * differential run are the seeds.
 */
public final class RegoFuzzer {
  private static final Value INPUT = Json.parse("{\"a\":[1,{\"b\":\"x\"}],\"b\":null,\"c\":2.5}");
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(2), 200_000, 2_000_000, 200, 1_000_000);

  private RegoFuzzer() {}

  /** One execution. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean old = bytes.length > 0 && (bytes[bytes.length - 1] & 1) == 1;
    try {
      new RegoCompiler()
          .v0(old)
          .add("fuzz.rego", text.startsWith("package") ? text : "package t\n" + text)
          .compile()
          .query("x = data")
          .evaluate(new Evaluation().input(INPUT).limits(LIMITS).nanos(System::nanoTime));
    } catch (RegoException e) {
      // The declared answer to a text that is no policy, or one that goes too far.
      if (e.getMessage() == null) {
        throw new IllegalStateException("an error without a message", e);
      }
    }
  }

  /** Writes seeds: the folder, and how many. */
  public static void main(String[] args) throws java.io.IOException {
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      java.nio.file.Files.writeString(
          java.nio.file.Path.of(args[0], "seed" + i), new RandomPolicy(i).module());
    }
  }
}
