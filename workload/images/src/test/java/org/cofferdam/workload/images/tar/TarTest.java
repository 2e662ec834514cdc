// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarTest {
  private static final byte[] TEXT = "content".getBytes(StandardCharsets.UTF_8);

  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<TarEntry> entries =
        List.of(
            TarEntry.folder("a", 0755),
            TarEntry.file("a/file", 04755, TEXT.length),
            TarEntry.symbolicLink("a/link", "../anywhere"),
            new TarEntry("a/owned", TarEntry.Type.FILE, 0600, 3_000_000, 4, TEXT.length, ""),
            TarEntry.file("n".repeat(90) + "/" + "é".repeat(80), 0644, TEXT.length));
    assertThat(read(write(entries))).isEqualTo(entries);
  }

  @Test
  void anotherToolReadsItToo(@TempDir Path folder) throws Exception {
    String name = "n".repeat(90) + "/" + "m".repeat(80);
    Path archive = folder.resolve("a.tar");
    Files.write(archive, write(List.of(TarEntry.file(name, 0644, TEXT.length))));
    Process tar =
        new ProcessBuilder("tar", "-tf", archive.toString()).redirectErrorStream(true).start();
    String listing = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tar.waitFor()).isZero();
    assertThat(listing.strip()).isEqualTo(name);
  }

  @Test
  void gnuLongNamesAreRead(@TempDir Path folder) throws Exception {
    String name = "x".repeat(120);
    Files.write(folder.resolve(name), TEXT);
    Process tar =
        new ProcessBuilder("tar", "--format=gnu", "-cf", "-", name)
            .directory(folder.toFile())
            .start();
    byte[] archive = tar.getInputStream().readAllBytes();
    assertThat(tar.waitFor()).isZero();
    assertThat(read(archive)).extracting(TarEntry::path).containsExactly(name);
  }

  @Test
  void pathsOutsideAreRefused() throws IOException {
    refused(write(List.of(TarEntry.file("a/../../b", 0644, TEXT.length))), "name");
  }

  @Test
  void aWrongChecksumIsRefused() throws IOException {
    byte[] archive = write(List.of(TarEntry.file("a", 0644, TEXT.length)));
    archive[0] ^= 1;
    refused(archive, "chksum");
  }

  @Test
  void aMissingEndIsRefused() throws IOException {
    byte[] archive = write(List.of(TarEntry.file("a", 0644, TEXT.length)));
    refused(Arrays.copyOf(archive, archive.length - 512), "archive");
  }

  @Test
  void aLongerArchiveThanAllowedIsRefused() throws IOException {
    byte[] archive = write(List.of(TarEntry.file("a", 0644, TEXT.length)));
    assertThatThrownBy(() -> read(archive, 513, 10)).isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void moreMembersThanAllowedAreRefused() throws IOException {
    byte[] archive = write(List.of(TarEntry.folder("a", 0755), TarEntry.folder("b", 0755)));
    assertThatThrownBy(() -> read(archive, 1 << 20, 1))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void damagedArchivesNeverThrowAnythingElse() throws IOException {
    byte[] archive =
        write(
            List.of(
                TarEntry.file("n".repeat(150), 0644, TEXT.length),
                TarEntry.symbolicLink("b", "a")));
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = archive.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        read(damaged);
      } catch (MalformedEvidenceException e) {
        assertThat(e.format()).isEqualTo("tar");
      }
    }
  }

  private static void refused(byte[] archive, String field) {
    assertThatThrownBy(() -> read(archive))
        .isInstanceOfSatisfying(
            MalformedEvidenceException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  private static byte[] write(List<TarEntry> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(out);
    for (TarEntry entry : entries) {
      tar.add(entry, entry.type() == TarEntry.Type.FILE ? TEXT : new byte[0]);
    }
    tar.finish();
    return out.toByteArray();
  }

  private static List<TarEntry> read(byte[] archive) throws IOException {
    return read(archive, 1 << 20, 100);
  }

  private static List<TarEntry> read(byte[] archive, long maxBytes, int maxEntries)
      throws IOException {
    TarReader tar = new TarReader(new ByteArrayInputStream(archive), maxBytes, maxEntries);
    List<TarEntry> entries = new ArrayList<>();
    for (Optional<TarEntry> e = tar.next(); e.isPresent(); e = tar.next()) {
      entries.add(e.get());
    }
    return entries;
  }
}
