// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Coverage-guided fuzzing of parser, compiler and evaluator, and of the built-ins. Each runs in a
 * process of its own for {@code cofferdam.fuzz.seconds} (60 unless given). An exception that is not
 * declared, an overflow of the stack of 1 MiB, or 25 s for one execution fail it.
 */
@Tag("long")
class RegoFuzzTest {
  private static final int SECONDS = Integer.getInteger("cofferdam.fuzz.seconds", 60);

  @TempDir private Path folder;

  @Test
  void policies() throws Exception {
    Path seeds = Files.createDirectory(folder.resolve("seeds"));
    RegoFuzzer.main(new String[] {seeds.toString(), "300"});
    fuzz(RegoFuzzer.class, seeds);
  }

  @Test
  void builtIns() throws Exception {
    Path seeds = folder.resolve("seeds");
    BuiltinFuzzer.main(new String[] {seeds.toString()});
    fuzz(BuiltinFuzzer.class, seeds);
  }

  private void fuzz(Class<?> target, Path seeds) throws IOException, InterruptedException {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    File log = folder.resolve("log").toFile();
    Process p =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-Xss1m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "com.code_intelligence.jazzer.Jazzer",
                    "--target_class=" + target.getName(),
                    "--instrumentation_includes=org.cofferdam.core.rego.**",
                    "-max_total_time=" + SECONDS,
                    "-timeout=25",
                    "-max_len=3000",
                    corpus.toString(),
                    seeds.toString()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    boolean ended = p.waitFor(SECONDS + 120L, TimeUnit.SECONDS);
    p.destroyForcibly();
    String text = Files.readString(log.toPath(), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(ended).isTrue();
    assertThat(p.exitValue()).as(text).isZero();
    assertThat(text).contains("Done ");
    System.out.println(target.getSimpleName() + ": " + text.substring(text.lastIndexOf("Done ")));
  }
}
