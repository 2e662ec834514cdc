// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarDiskTest {
  @TempDir private Path folder;

  @Test
  void packsFilesAndFoldersInOrder() throws IOException {
    Path pod = Files.createDirectories(folder.resolve("pod"));
    String digest = "images/blobs/sha256/" + "ab".repeat(32);
    Files.createDirectories(pod.resolve("images/blobs/sha256"));
    Files.writeString(pod.resolve(digest), "layer");
    Files.write(pod.resolve("initdata.toml"), new byte[513]);
    byte[] disk = pack(pod);
    assertThat(disk.length % 512).isZero();
    assertThat(names(disk))
        .containsExactly(
            "images/", "images/blobs/", "images/blobs/sha256/", digest, "initdata.toml");
  }

  @Test
  void givesEqualBytesForEqualContent() throws IOException {
    Path first = Files.createDirectories(folder.resolve("first"));
    Path second = Files.createDirectories(folder.resolve("second"));
    Files.writeString(first.resolve("a"), "1");
    Files.writeString(first.resolve("b"), "2");
    Files.writeString(second.resolve("b"), "2");
    Files.writeString(second.resolve("a"), "1");
    assertThat(pack(first)).isEqualTo(pack(second));
  }

  @Test
  void splitsALongName() throws IOException {
    Path pod = Files.createDirectories(folder.resolve("pod"));
    String name = "a".repeat(60) + "/" + "b".repeat(60);
    Files.createDirectories(pod.resolve(name).getParent());
    Files.writeString(pod.resolve(name), "x");
    assertThat(names(pack(pod))).contains(name);
  }

  @Test
  void refusesWhatATarOfThisFormCannotHold() throws IOException {
    Path link = Files.createDirectories(folder.resolve("link"));
    Files.createSymbolicLink(link.resolve("a"), Path.of("/etc/passwd"));
    assertThatIOException().isThrownBy(() -> pack(link)).withMessageContaining("neither");
    Path name = Files.createDirectories(folder.resolve("name"));
    Files.writeString(name.resolve("a".repeat(101)), "x");
    assertThatIOException().isThrownBy(() -> pack(name)).withMessageContaining("no name");
    Path letters = Files.createDirectories(folder.resolve("letters"));
    Files.writeString(letters.resolve("ä"), "x");
    assertThatIOException().isThrownBy(() -> pack(letters)).withMessageContaining("no name");
  }

  private byte[] pack(Path pod) throws IOException {
    TarDisk.pack(pod, folder.resolve("disk"));
    return Files.readAllBytes(folder.resolve("disk"));
  }

  private static List<String> names(byte[] disk) {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (disk[at] != 0) {
      String prefix = text(disk, at + 345, 155);
      names.add(prefix.isEmpty() ? text(disk, at, 100) : prefix + "/" + text(disk, at, 100));
      int size = Integer.parseInt(text(disk, at + 124, 11), 8);
      int sum = 0;
      for (int i = 0; i < 512; i++) {
        sum += i >= 148 && i < 156 ? ' ' : disk[at + i] & 0xff;
      }
      assertThat(Integer.parseInt(text(disk, at + 148, 6), 8)).isEqualTo(sum);
      at += 512 + (size + 511) / 512 * 512;
    }
    return names;
  }

  private static String text(byte[] disk, int at, int length) {
    String text = new String(disk, at, length, StandardCharsets.US_ASCII);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
