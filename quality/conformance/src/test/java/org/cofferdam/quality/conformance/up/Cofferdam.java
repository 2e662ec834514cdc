// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.json.Json;

/** Runs the launcher as a process of its own, in a home folder of the tests. */
final class Cofferdam {
  private static final Path ROOT = Path.of(System.getProperty("cofferdam.root"));
  private static final Path HOME = Path.of("target/e2e-home").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofMinutes(8);

  private Cofferdam() {}

  /**
   * What a command said.
   *
   * @param exitCode of the process
   * @param out standard output
   * @param err standard error
   */
  record Said(int exitCode, String out, String err) {
    Json.Obj json() {
      return Json.parse(out.getBytes(java.nio.charset.StandardCharsets.UTF_8)).asObject("output");
    }

    /** Demands that this check refused a launch, on record and without a secret; the check. */
    Json.Obj refusedBy(String check) {
      assertThat(exitCode).as(err).isEqualTo(1);
      Json.Obj up = json();
      assertThat(up.string("verdict")).isEqualTo("refused");
      assertThat(up.array("released")).isEmpty();
      assertThat(up.string("failedCheck")).isEqualTo(check);
      assertThat(up.object("record").string("proof")).startsWith("c2sp.org/tlog-proof@v1");
      Json.Obj failed =
          up.array("checks").stream()
              .map(c -> c.asObject("check"))
              .filter(c -> c.string("id").equals(check))
              .findFirst()
              .orElseThrow();
      assertThat(failed.string("expected")).isNotEmpty().isNotEqualTo(failed.string("found"));
      return failed;
    }
  }

  static Path example(String name) {
    return ROOT.resolve("examples").resolve(name);
  }

  static void needsVirtualMachines() {
    for (String tool : List.of("qemu-system-x86_64", "swtpm", "swtpm_setup", "mkfs.erofs")) {
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin", tool)),
          tool + " is not installed: run ./cofferdam setup");
    }
  }

  static void needsNamespaces() throws InterruptedException {
    for (String tool : List.of("unshare", "setpriv", "mount")) {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
    }
    int status;
    try {
      status =
          new ProcessBuilder("unshare", "-m", "-p", "-f", "-i", "-u", "-n", "--mount-proc", "true")
              .start()
              .waitFor();
    } catch (IOException e) {
      status = -1;
    }
    assumeTrue(status == 0, "this machine does not let its users make namespaces");
  }

  static Said run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).finish();
  }

  static Running start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("cofferdam").toString()));
    command.addAll(List.of(arguments));
    Files.createDirectories(HOME);
    Path out = Files.createTempFile(HOME, "out", ".txt");
    Path err = Files.createTempFile(HOME, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder
        .environment()
        .putAll(Map.of("COFFERDAM_HOME", HOME.toString(), "COFFERDAM_NO_BUILD", "1"));
    return new Running(builder.start(), out, err);
  }

  /** Changes the request of a launch that pauses, as another program may, and lets it go on. */
  static Said editedByHand(Running up, String from, String to)
      throws IOException, InterruptedException {
    Path folder = null;
    while (folder == null && up.process().isAlive()) {
      Matcher said = Pattern.compile("Change what you like in (.*)\n").matcher(up.errSoFar());
      folder = said.find() ? Path.of(said.group(1)) : null;
      Thread.sleep(50);
    }
    Path request = Objects.requireNonNull(folder, up.errSoFar()).resolve("pod/request.json");
    String text = Files.readString(request);
    assertThat(text).contains(from);
    Files.writeString(request, text.replace(from, to));
    up.enter();
    return up.finish();
  }

  /** A command that has not ended. */
  record Running(Process process, Path out, Path err) {
    void enter() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    String errSoFar() throws IOException {
      return Files.readString(err);
    }

    Said finish() throws IOException, InterruptedException {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("not ended after " + LIMIT + ":\n" + Files.readString(err));
      }
      Said said = new Said(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return said;
    }
  }
}
