// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TamperTest {
  private static final String BLOBS = "pod/images/blobs/sha256/";

  @TempDir private Path run;

  @BeforeEach
  void layOut() throws IOException {
    write(BLOBS + "aa", new byte[10_000]);
    write(BLOBS + "bb", new byte[100]);
    write("pod/initdata.toml", "logs = false\n".getBytes(StandardCharsets.UTF_8));
    write(
        "pod/request.json",
        "{\"containers\":[{\"name\":\"a\",\"args\":[\"/a\"],\"env\":[\"X=1\"]},{\"name\":\"b\",\"args\":[],\"env\":[]}]}"
            .getBytes(StandardCharsets.UTF_8));
    byte[] kernel = new byte[0x4000];
    kernel[0x20e] = 0x10;
    kernel[0x20f] = 0x30;
    write("guest/vmlinuz", kernel);
  }

  /** A tamper that moved more than its own file would be caught for the wrong reason. */
  @ParameterizedTest
  @CsvSource({
    "image, pod/images/blobs/sha256/aa",
    "command, pod/request.json",
    "env, pod/request.json",
    "kernel, guest/vmlinuz",
    "policy, pod/initdata.toml"
  })
  void changesExactlyOneFile(Tamper tamper, String file) throws IOException {
    Map<String, String> before = digests();
    tamper.apply(run);
    Map<String, String> after = digests();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(
            after.entrySet().stream()
                .filter(e -> !e.getValue().equals(before.get(e.getKey())))
                .map(Map.Entry::getKey))
        .containsExactly(file);
  }

  @Test
  void replayChangesNoFile() throws IOException {
    Map<String, String> before = digests();
    Tamper.replay.apply(run);
    assertThat(digests()).isEqualTo(before);
  }

  @Test
  void commandAndEnvChangeOnlyTheFirstContainersMember() throws IOException {
    Tamper.command.apply(run);
    Tamper.env.apply(run);
    assertThat(Json.parse(Files.readAllBytes(run.resolve("pod/request.json"))).write())
        .isEqualTo(
            "{\"containers\":[{\"name\":\"a\",\"args\":[\"/a\",\"--debug\"],\"env\":[\"X=1\",\"LD_PRELOAD=/tmp/spy.so\"]},"
                + "{\"name\":\"b\",\"args\":[],\"env\":[]}]}");
  }

  @Test
  void kernelChangesTheVersionTextThatTheBootHeaderPointsTo() throws IOException {
    Tamper.kernel.apply(run);
    assertThat(Files.readAllBytes(run.resolve("guest/vmlinuz"))[0x200 + 0x3010])
        .isEqualTo((byte) 1);
  }

  private void write(String path, byte[] content) throws IOException {
    Files.createDirectories(run.resolve(path).getParent());
    Files.write(run.resolve(path), content);
  }

  private Map<String, String> digests() throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(
            run.relativize(file).toString(), Hex.encode(Digests.sha256(Files.readAllBytes(file))));
      }
    }
    return digests;
  }
}
